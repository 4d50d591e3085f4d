package io.carillon.oidc;

/** An ID token that does not count. */
final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidTokenException(Throwable cause) {
    super(cause.getMessage(), cause);
  }

  InvalidTokenException(String message) {
    super(message);
  }
}
