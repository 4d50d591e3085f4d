package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Source;
import java.time.Instant;
import java.util.List;

/** What becomes of accounts, in its table. Immutable, thread-safe. */
record PostgresAccountLog(AccountLogRepository entries) implements AccountLog {

  @Override
  public void append(Entry entry) {
    entries.save(
        new AccountLogRow(
            null,
            entry.account().value(),
            entry.at(),
            entry.action(),
            entry.from().address(),
            entry.from().browser()));
  }

  @Override
  public boolean knows(AccountId account, String network, Instant since) {
    return entries.countFrom(account.value(), SIGNED_IN, network, network + ":", since) > 0;
  }

  @Override
  public List<Entry> newest(AccountId account, int limit) {
    return entries.newest(account.value(), limit).stream()
        .map(
            row ->
                new Entry(
                    account,
                    row.writtenAt(),
                    row.action(),
                    new Source(row.address(), row.browser())))
        .toList();
  }
}
