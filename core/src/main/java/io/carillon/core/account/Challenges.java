package io.carillon.core.account;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps who has shown a password and not yet a code. It is no session: nothing but the second step
 * asks for it. Calls block. Thread-safe.
 */
public interface Challenges {
  /** So many codes may be tried. */
  int TRIES_MAX = 5;

  /**
   * Somebody who came half in.
   *
   * @param digest of the token, which itself is kept nowhere
   */
  record Challenge(String digest, AccountId account, Instant expiresAt) {}

  /** Keeps it, and forgets what is over. */
  void keep(Challenge challenge, Instant now);

  /** Counts a try; whose it is, unless it is over or had all its tries. */
  Optional<AccountId> attempt(String digest, Instant now);

  /** Whether it was there; it is not any more. */
  boolean end(String digest);

  void endAll(AccountId account);
}
