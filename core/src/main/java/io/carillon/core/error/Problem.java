package io.carillon.core.error;

/**
 * An error of the catalogue with what was wrong this time.
 *
 * @param detail the offending value and what was expected; never a secret
 */
public record Problem(ErrorCode code, String detail) {
  /** The problem for which the catalogue's sentence says enough. */
  public static Problem of(ErrorCode code) {
    return new Problem(code, code.sentence());
  }

  public static Problem of(ErrorCode code, String detail) {
    return new Problem(code, code.sentence() + ": " + detail);
  }
}
