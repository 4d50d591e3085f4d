package io.carillon.core.hub;

import io.carillon.core.error.Problem;

/** Where frames go: one connection. All calls come on the connection's lane. */
public interface Recipient {
  /**
   * Takes parts of a frame, bounded by the recipient itself; what it needs beyond the call it
   * retains.
   *
   * @param from first part
   * @param to part after the last one
   * @return whether this is the first offer since the last {@link #endTurn}
   */
  boolean offer(SharedFrame frame, int from, int to);

  /** Whether what is offered now would wait, because the other side does not read fast enough. */
  default boolean isBehind() {
    return false;
  }

  /** No more offers come in this turn of the lane: time to flush. */
  void endTurn();

  /** Closes the connection; nothing when it is closed already. */
  void close(Problem problem);
}
