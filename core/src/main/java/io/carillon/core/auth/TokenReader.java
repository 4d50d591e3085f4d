package io.carillon.core.auth;

/**
 * Checks client tokens. It knows nothing of revocations: {@link Revocations#guard} does. Never
 * blocks, and no text makes it throw. Thread-safe.
 */
public interface TokenReader {
  TokenVerdict read(String token);
}
