package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.Identities;
import java.time.Instant;
import java.util.Optional;

/** Identities in their table. Immutable, thread-safe. */
record PostgresIdentities(IdentityRepository identities) implements Identities {

  @Override
  public Optional<AccountId> find(String issuer, String subject) {
    return identities
        .findByIssuerAndSubject(issuer, subject)
        .map(row -> new AccountId(row.accountId()));
  }

  @Override
  public boolean link(String issuer, String subject, AccountId account, Instant since) {
    identities.keep(new IdentityRow(issuer, subject, account.value(), since));
    return find(issuer, subject).filter(account::equals).isPresent();
  }
}
