package io.carillon.oidc;

/** The provider cannot be reached, or says what makes no sense. */
final class ProviderException extends Exception {
  private static final long serialVersionUID = 1;

  ProviderException(String message) {
    super(message);
  }

  ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
