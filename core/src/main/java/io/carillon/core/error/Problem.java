package io.carillon.core.error;

/**
 * An error of the catalogue with what was wrong this time.
 *
 * @param detail the offending value and what was expected; never a secret
 * @param afterMillis in how many milliseconds the same attempt may succeed; 0 when nobody knows
 */
public record Problem(ErrorCode code, String detail, long afterMillis) {
  public Problem(ErrorCode code, String detail) {
    this(code, detail, 0);
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
    return new Problem(code, detail, millis);
  }
}
