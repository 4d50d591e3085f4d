package io.carillon.postgres;

/** The master key is missing, malformed or another one; the message never shows it. */
public final class MasterKeyException extends RuntimeException {
  MasterKeyException(String message) {
    super("CARILLON_MASTER_KEY: " + message);
  }
}
