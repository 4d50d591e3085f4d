package io.carillon.jwt;

/** What was wrong with a token; the reader turns it into a problem. Without a stack trace. */
final class MalformedTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the offending value, where it may be shown, and the expectation. */
  MalformedTokenException(String message) {
    super(message, null, false, false);
  }
}
