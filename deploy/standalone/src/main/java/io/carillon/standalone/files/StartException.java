package io.carillon.standalone.files;

/** Why the process cannot start; the message is one line for people that says what to do. */
public final class StartException extends RuntimeException {
  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
