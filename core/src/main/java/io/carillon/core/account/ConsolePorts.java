package io.carillon.core.account;

import io.carillon.core.engine.DirectoryAdmin;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What the use cases of the console stand on; made once at start. */
public record ConsolePorts(
    Accounts accounts,
    Sessions sessions,
    Challenges challenges,
    SecondFactors factors,
    AccountLog accountLog,
    Team team,
    AuditLog audit,
    DirectoryAdmin directory,
    UnitOfWork work,
    InstantSource clock) {
  Journal journal() {
    return new Journal(audit, clock);
  }

  /** Writes down what became of an account. */
  void note(AccountId account, String action, Source from) {
    accountLog.append(
        new AccountLog.Entry(
            account, clock.instant().truncatedTo(ChronoUnit.MICROS), action, from));
  }
}
