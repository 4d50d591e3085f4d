package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.Challenges;
import java.time.Instant;
import java.util.Optional;

/** Who has come half in, in its table. Immutable, thread-safe. */
record PostgresChallenges(ChallengeRepository challenges) implements Challenges {

  @Override
  public void keep(Challenge challenge, Instant now) {
    challenges.forget(now);
    challenges.save(
        new ChallengeRow(
            challenge.digest(), challenge.account().value(), challenge.expiresAt(), 0));
  }

  @Override
  public Optional<AccountId> attempt(String digest, Instant now) {
    return challenges.attempt(digest, TRIES_MAX, now) == 0
        ? Optional.empty()
        : challenges.findByDigest(digest).map(row -> new AccountId(row.accountId()));
  }

  @Override
  public boolean end(String digest) {
    return challenges.end(digest) > 0;
  }

  @Override
  public void endAll(AccountId account) {
    challenges.endAll(account.value());
  }
}
