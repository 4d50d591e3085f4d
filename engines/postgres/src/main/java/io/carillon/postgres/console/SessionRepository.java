package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who is signed in. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SessionRepository extends GenericRepository<SessionRow, UUID> {
  SessionRow save(SessionRow row);

  Optional<SessionRow> findById(UUID id);

  @Query("delete from console_sessions where id = :id")
  void close(UUID id);

  @Query("delete from console_sessions where account_id = :accountId")
  void closeAll(UUID accountId);

  List<SessionRow> findByAccountId(UUID accountId);

  @Query("delete from console_sessions where account_id = :accountId and id <> :kept")
  long closeOthers(UUID accountId, UUID kept);

  @Query("delete from console_sessions where expires_at <= :now")
  void forget(Instant now);
}
