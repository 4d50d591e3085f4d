package io.carillon.core.history;

import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;

/** Whether what follows a position is known without a hole. */
public sealed interface Resumption {
  /** The channel's newest position at the time of reading. */
  Position top();

  /**
   * Nothing acknowledged is missing between the position and the last of these.
   *
   * @param publications oldest first; they may end an epoch and begin the next. When they end
   *     before the top, there is more behind them
   */
  record Continuous(List<Publication> publications, Position top) implements Resumption {
    public Continuous {
      publications = List.copyOf(publications);
    }
  }

  /** Something may be missing, so that a client has to be told of a gap. */
  record Broken(Reason reason, Position top) implements Resumption {}

  /** Why it cannot be known. */
  enum Reason {
    /** The position's epoch is over, or never was, and nothing proves how it ended. */
    EPOCH,
    /** What follows the position is no longer kept, or not all of it. */
    EXPIRED,
    /** The position is further back than a client may go on from. */
    TOO_FAR
  }
}
