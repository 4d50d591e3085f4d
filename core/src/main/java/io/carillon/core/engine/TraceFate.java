package io.carillon.core.engine;

/** What becomes of a publication on one subscription. */
public enum TraceFate {
  /** It was given to the socket at once. */
  WRITTEN,
  /** It waited for a socket whose reader is behind. */
  WAITING,
  /** The subscription had not been answered yet; it gets it behind its answer. */
  HELD,
  /** The publisher had this connection left out, or it is the publisher's own. */
  LEFT_OUT,
  /** The subscription was told of it before, by what it resumed with. */
  REPEATED,
  /** It waited, and then gave way to newer ones, as the channel's rule says. */
  CONFLATED,
  /** The reader was too far behind, so its connection was closed; it may resume. */
  TOO_SLOW,
  /** The node was too far behind, so the connection was closed; it may resume. */
  OVERRUN
}
