package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of accounts; a trigger refuses everything but inserting. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountLogRepository extends GenericRepository<AccountLogRow, Long> {
  AccountLogRow save(AccountLogRow row);

  @Query(
      "select count(*) from account_log where account_id = :accountId and action = :action"
          + " and written_at > :since"
          + " and (address = :network or starts_with(address, :groups))")
  long countFrom(UUID accountId, String action, String network, String groups, Instant since);

  @Query("select * from account_log where account_id = :accountId order by id desc limit :most")
  List<AccountLogRow> newest(UUID accountId, int most);
}
