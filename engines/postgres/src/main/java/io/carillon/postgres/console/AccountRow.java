package io.carillon.postgres.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.carillon.core.account.Account;
import io.carillon.core.account.AccountId;
import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.model.Secret;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code accounts}. Immutable. */
@MappedEntity("accounts")
record AccountRow(@Id UUID id, String email, String passwordHash, boolean verified, Instant since) {

  static AccountRow of(Credentials credentials) {
    Account account = credentials.account();
    return new AccountRow(
        account.id().value(),
        account.email().value(),
        text(credentials.hash()),
        account.verified(),
        account.since());
  }

  static String text(Secret hash) {
    return new String(hash.reveal(), US_ASCII);
  }

  Credentials credentials() {
    Account account = new Account(new AccountId(id), new EmailAddress(email), verified, since);
    return new Credentials(account, Secret.of(passwordHash));
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "AccountRow[id=" + id + "]";
  }
}
