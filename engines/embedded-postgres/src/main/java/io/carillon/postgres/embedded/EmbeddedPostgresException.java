package io.carillon.postgres.embedded;

import org.jspecify.annotations.Nullable;

/** Why the embedded Postgres cannot run; the message says in a sentence what to do about it. */
public final class EmbeddedPostgresException extends RuntimeException {
  EmbeddedPostgresException(String message) {
    this(message, null);
  }

  EmbeddedPostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
