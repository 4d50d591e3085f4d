package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The secrets of authenticators, sealed. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SecondFactorRepository extends GenericRepository<SecondFactorRow, UUID> {
  SecondFactorRow save(SecondFactorRow row);

  Optional<SecondFactorRow> findByAccountId(UUID accountId);

  @Query("delete from second_factors where account_id = :accountId and confirmed_at is null")
  void removeUnconfirmed(UUID accountId);

  @Query(
      """
      update second_factors set confirmed_at = :at, last_step = :step
      where account_id = :accountId and confirmed_at is null
      """)
  long confirm(UUID accountId, Instant at, long step);

  @Query(
      """
      update second_factors set last_step = :step
      where account_id = :accountId and confirmed_at is not null and last_step < :step
      """)
  long use(UUID accountId, long step);

  @Query("delete from second_factors where account_id = :accountId")
  void remove(UUID accountId);
}
