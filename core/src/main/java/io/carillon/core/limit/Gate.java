package io.carillon.core.limit;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.time.Duration;

/**
 * One budget of so much in a second, and how it is told. Thread-safe.
 *
 * @param purse what this node has of it
 * @param traits what it is
 */
record Gate(Purse purse, Traits traits) {
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  /** What is counted. */
  enum Counted {
    MESSAGES,
    BYTES
  }

  /**
   * What a budget is.
   *
   * @param name in headers; empty for one that nobody is told of
   * @param whose for the sentence of a refusal
   */
  record Traits(String name, Counted counted, int perSecond, String whose) {}

  /** As {@link Purse#take}. */
  long take(int messages, long bytes) {
    return purse.take(amount(messages, bytes));
  }

  /** What was taken and not used. */
  void giveBack(int messages, long bytes) {
    purse.giveBack(amount(messages, bytes));
  }

  private long amount(int messages, long bytes) {
    return traits.counted == Counted.BYTES ? bytes : messages;
  }

  /** Why it is too much for so many nanoseconds. */
  Problem refusal(long waitNanos) {
    ErrorCode code = traits.counted == Counted.BYTES ? ErrorCode.BYTE_RATE : ErrorCode.MESSAGE_RATE;
    String what = traits.counted == Counted.BYTES ? " bytes per second" : " per second";
    return Problem.of(code, traits.perSecond + what + " are allowed to " + traits.whose)
        .after((waitNanos + MILLI_NANOS - 1) / MILLI_NANOS);
  }
}
