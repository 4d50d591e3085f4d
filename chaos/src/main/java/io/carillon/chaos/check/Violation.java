package io.carillon.chaos.check;

/** A promise that was broken, and where to look. Immutable. */
public record Violation(Promise promise, String detail) {

  /** What is promised. */
  public enum Promise {
    /** An acknowledged message reaches every subscriber, or an announced gap covers it. */
    NOTHING_LOST,
    /** On channels that are archived a gap is no excuse. */
    ARCHIVE_CLOSES_GAPS,
    /** No subscriber is given a message twice. */
    NOTHING_TWICE,
    /** Positions increase. */
    IN_ORDER,
    /** One position holds one message, for everybody and in history. */
    ONE_ORDER,
    /** A message that was sent after another was acknowledged stands behind it. */
    REAL_TIME_ORDER,
    /** An id has one position, however often it is sent. */
    ONE_POSITION,
    /** Nobody is told of what nobody published. */
    NOTHING_INVENTED,
    /** History has what was acknowledged. */
    HISTORY_AGREES,
    /** Everybody comes to the log's end. */
    CAUGHT_UP,
    /** A publish succeeds in the end. */
    PUBLISHES_SUCCEED,
    /** A request is answered, though it may be with an error. */
    NO_HANG,
    /** Members are those who are there; each leave is told once. */
    PRESENCE,
    /** Messages flow again soon after all is healed. */
    RECOVERS,
    /** Who does not read is dealt with, at a bounded price, and nobody else notices. */
    SLOW_READER,
    /** Memory has a bound. */
    MEMORY
  }

  @Override
  public String toString() {
    return promise + ": " + detail;
  }
}
