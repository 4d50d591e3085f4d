package io.carillon.core.account;

import java.time.Duration;
import java.time.Instant;

/**
 * One sign-in, kept where all nodes see it, so that its end counts on all of them at once.
 * Immutable.
 */
public record ConsoleSession(SessionId id, AccountId account, Instant expiresAt) {
  public static final Duration LIFE = Duration.ofHours(12);
}
