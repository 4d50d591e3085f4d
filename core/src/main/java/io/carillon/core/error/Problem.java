package io.carillon.core.error;

/**
 * An error of the catalogue with what was wrong this time.
 *
 * @param detail the offending value and what was expected; never a secret
 * @param afterMillis in how many milliseconds the same attempt may succeed; 0 when nobody knows
 * @param pointer to the member of the request that is wrong (RFC 6901); empty when it is told by
 *     the detail alone
 */
public record Problem(ErrorCode code, String detail, long afterMillis, String pointer) {
  public Problem(ErrorCode code, String detail) {
    this(code, detail, 0, "");
  }

  /** The problem for which the catalogue's sentence says enough. */
  public static Problem of(ErrorCode code) {
    return new Problem(code, code.sentence());
  }

  public static Problem of(ErrorCode code, String detail) {
    return new Problem(code, code.sentence() + ": " + detail);
  }

  /** The same, which the passing of time may solve. */
  public Problem after(long millis) {
    return new Problem(code, detail, millis, pointer);
  }

  /** The same, about this member of the request. */
  public Problem at(String member) {
    return new Problem(code, detail, afterMillis, member);
  }
}
