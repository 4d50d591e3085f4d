package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.Accounts;
import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.SessionId;
import io.carillon.core.account.Sessions;
import io.carillon.core.account.Source;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.model.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Accounts and sessions in their tables. Immutable, thread-safe. */
record PostgresAccounts(
    AccountRepository accounts, SessionRepository sessions, LinkRepository links, UnitOfWork work)
    implements Accounts, Sessions {
  /** Any number but others' locks, as long as all nodes use this one. */
  private static final long SIGN_UP_LOCK = 0x4341_5249_4c4c_5550L;

  @Override
  public boolean create(Credentials credentials) {
    return work.atomically(
        () -> {
          // two at once with one address take turns, so that the second is refused in words
          accounts.waitForLock(SIGN_UP_LOCK);
          if (accounts.findByEmail(credentials.account().email().value()).isPresent()) {
            return false;
          }
          accounts.save(AccountRow.of(credentials));
          return true;
        });
  }

  @Override
  public Optional<Credentials> find(EmailAddress email) {
    return accounts.findByEmail(email.value()).map(AccountRow::credentials);
  }

  @Override
  public Optional<Credentials> find(AccountId id) {
    return accounts.findById(id.value()).map(AccountRow::credentials);
  }

  @Override
  public void changePassword(AccountId id, Secret hash) {
    accounts.changePassword(id.value(), AccountRow.text(hash));
  }

  @Override
  public void delete(AccountId id) {
    accounts.delete(id.value());
  }

  @Override
  public void markVerified(AccountId id) {
    accounts.markVerified(id.value());
  }

  @Override
  public void keepLink(MailedLink link) {
    links.keep(
        new LinkRow(
            link.digest(), link.account().value(), link.purpose().name(), link.expiresAt()));
  }

  @Override
  public Optional<AccountId> useLink(String digest, Purpose purpose, Instant now) {
    return work.atomically(
        () -> {
          Optional<LinkRow> link = links.findByDigestAndPurposeForUpdate(digest, purpose.name());
          link.ifPresent(used -> links.forget(used.accountId(), purpose.name()));
          return link.filter(used -> used.expiresAt().isAfter(now))
              .map(used -> new AccountId(used.accountId()));
        });
  }

  @Override
  public void open(ConsoleSession session, Instant now, Source from) {
    sessions.forget(now);
    sessions.save(
        new SessionRow(
            session.id().value(),
            session.account().value(),
            session.expiresAt(),
            now.truncatedTo(ChronoUnit.MICROS),
            from.address(),
            from.browser()));
  }

  @Override
  public Optional<ConsoleSession> find(SessionId id, Instant now) {
    return sessions
        .findById(id.value())
        .filter(row -> row.expiresAt().isAfter(now))
        .map(row -> row.listed().session());
  }

  @Override
  public List<Listed> list(AccountId account, Instant now) {
    return sessions.findByAccountId(account.value()).stream()
        .filter(row -> row.expiresAt().isAfter(now))
        .map(SessionRow::listed)
        .sorted(Comparator.comparing(Listed::since).reversed())
        .toList();
  }

  @Override
  public void close(SessionId id) {
    sessions.close(id.value());
  }

  @Override
  public void closeAll(AccountId account) {
    sessions.closeAll(account.value());
  }

  @Override
  public int closeOthers(AccountId account, SessionId kept) {
    return (int) sessions.closeOthers(account.value(), kept.value());
  }
}
