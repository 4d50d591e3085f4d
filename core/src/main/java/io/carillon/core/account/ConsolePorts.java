package io.carillon.core.account;

import io.carillon.core.engine.DirectoryAdmin;
import java.time.InstantSource;

/** What the use cases of the console stand on; made once at start. */
public record ConsolePorts(
    Accounts accounts,
    Sessions sessions,
    Team team,
    AuditLog audit,
    DirectoryAdmin directory,
    UnitOfWork work,
    InstantSource clock) {
  Journal journal() {
    return new Journal(audit, clock);
  }
}
