package io.carillon.postgres.console;

import io.carillon.core.account.AccessToken;
import io.carillon.core.account.AccessTokenId;
import io.carillon.core.account.AccessTokens;
import io.carillon.core.account.AccountId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Access tokens in their table. Immutable, thread-safe. */
record PostgresAccessTokens(AccessTokenRepository tokens) implements AccessTokens {
  @Override
  public void keep(AccessToken token, String digest) {
    tokens.save(AccessTokenRow.of(token, digest));
  }

  @Override
  public Optional<AccessToken> find(String digest, Instant now) {
    return tokens
        .findByDigest(digest)
        .filter(row -> row.expiresAt().isAfter(now))
        .map(AccessTokenRow::token);
  }

  @Override
  public List<AccessToken> of(AccountId account) {
    return tokens.findByAccountId(account.value()).stream()
        .map(AccessTokenRow::token)
        .sorted(Comparator.comparing(AccessToken::since))
        .toList();
  }

  @Override
  public boolean remove(AccountId account, AccessTokenId token) {
    return tokens.deleteByAccountIdAndId(account.value(), token.value()) > 0;
  }

  @Override
  public void used(AccessTokenId token, Instant at) {
    tokens.used(token.value(), at);
  }
}
