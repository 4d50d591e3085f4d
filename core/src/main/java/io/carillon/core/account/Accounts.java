package io.carillon.core.account;

import io.carillon.core.model.Secret;
import java.time.Instant;
import java.util.Optional;

/** Keeps the accounts and what proves that one is somebody's. Calls block. Thread-safe. */
public interface Accounts {
  /**
   * An account with what proves it.
   *
   * @param hash of its password
   */
  record Credentials(Account account, Secret hash) {}

  /** What a mailed link is for. */
  enum Purpose {
    VERIFY,
    RESET
  }

  /** Whether the account was made; not so when its address has one. */
  boolean create(Credentials credentials);

  Optional<Credentials> find(EmailAddress email);

  Optional<Credentials> find(AccountId id);

  void changePassword(AccountId id, Secret hash);

  /** Removes the account, and with it sessions, links, memberships and the second factor. */
  void delete(AccountId id);

  /** The account's address reaches its owner. */
  void markVerified(AccountId id);

  /**
   * Keeps a link until it is used, too old, or a newer one for the same purpose takes its place.
   */
  void keepLink(MailedLink link);

  /** The account whose link this is; the link counts no more. */
  Optional<AccountId> useLink(String digest, Purpose purpose, Instant now);

  /**
   * A link that was mailed, as it is kept.
   *
   * @param digest of its token, which itself is kept nowhere
   */
  record MailedLink(String digest, AccountId account, Purpose purpose, Instant expiresAt) {}
}
