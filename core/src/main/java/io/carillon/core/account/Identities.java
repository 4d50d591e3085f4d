package io.carillon.core.account;

import java.time.Instant;
import java.util.Optional;

/** Keeps which account is whose at a provider of identities. Calls block. Thread-safe. */
public interface Identities {
  Optional<AccountId> find(String issuer, String subject);

  /** Whether it is the account's now; not so when it is another's. */
  boolean link(String issuer, String subject, AccountId account, Instant since);
}
