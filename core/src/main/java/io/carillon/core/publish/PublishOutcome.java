package io.carillon.core.publish;

import io.carillon.core.error.Problem;
import io.carillon.core.model.Position;

/** What became of a message. */
public sealed interface PublishOutcome {
  /**
   * It is in the log, and committed in the archive when its channel is archived.
   *
   * @param duplicate whether it stood there before, and was not sent again
   */
  record Published(Position position, boolean duplicate) implements PublishOutcome {}

  /**
   * It was not taken, and nobody got it. With {@link io.carillon.core.error.ErrorCode#UNAVAILABLE}
   * it was not archived: subscribers may have got it, and publishing it again with the same id
   * archives it without sending it twice.
   */
  record Refused(Problem problem) implements PublishOutcome {}
}
