package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.SessionId;
import io.carillon.core.account.Sessions.Listed;
import io.carillon.core.account.Source;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code console_sessions}. Immutable. */
@MappedEntity("console_sessions")
record SessionRow(
    @Id UUID id,
    UUID accountId,
    Instant expiresAt,
    Instant openedAt,
    String address,
    String browser) {

  Listed listed() {
    ConsoleSession session =
        new ConsoleSession(new SessionId(id), new AccountId(accountId), expiresAt);
    return new Listed(session, openedAt, new Source(address, browser));
  }
}
