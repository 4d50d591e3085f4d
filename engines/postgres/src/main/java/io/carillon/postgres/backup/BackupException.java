package io.carillon.postgres.backup;

/** A backup cannot be made or taken back; the message says why and what was expected. */
public final class BackupException extends RuntimeException {
  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
