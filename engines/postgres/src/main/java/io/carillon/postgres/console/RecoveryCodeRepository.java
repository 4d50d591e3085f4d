package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** The digests of recovery codes that were not used. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RecoveryCodeRepository extends GenericRepository<RecoveryCodeRow, String> {
  void saveAll(List<RecoveryCodeRow> rows);

  long countByAccountId(UUID accountId);

  @Query("delete from recovery_codes where account_id = :accountId and digest = :digest")
  long use(UUID accountId, String digest);
}
