package io.carillon.core.publish;

import io.carillon.core.error.Problem;
import io.carillon.core.model.Position;

/** What became of a message. */
public sealed interface PublishOutcome {
  /**
   * It is in the log.
   *
   * @param duplicate whether it stood there before, and was not sent again
   */
  record Published(Position position, boolean duplicate) implements PublishOutcome {}

  /** It was not taken, and nobody got it. */
  record Refused(Problem problem) implements PublishOutcome {}
}
