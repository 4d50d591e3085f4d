package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What programs show in place of a session. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccessTokenRepository extends GenericRepository<AccessTokenRow, UUID> {
  AccessTokenRow save(AccessTokenRow row);

  Optional<AccessTokenRow> findByDigest(String digest);

  List<AccessTokenRow> findByAccountId(UUID accountId);

  long deleteByAccountIdAndId(UUID accountId, UUID id);

  @Query(
      "update access_tokens set used_at = :at where id = :id and (used_at is null or used_at < :at)")
  void used(UUID id, Instant at);
}
