package io.carillon.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps access tokens, for all nodes; of the secrets only digests. Calls block. Thread-safe. */
public interface AccessTokens {
  void keep(AccessToken token, String digest);

  /** The token with this digest, unless it has ended. */
  Optional<AccessToken> find(String digest, Instant now);

  /** The account's tokens, also those that have ended, the oldest first. */
  List<AccessToken> of(AccountId account);

  /** Whether the account had such a token; it counts no more on any node. */
  boolean remove(AccountId account, AccessTokenId token);

  void used(AccessTokenId token, Instant at);
}
