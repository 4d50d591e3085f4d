package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** When keys were used last. It takes no tenant, as it serves the nodes. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface KeyUseRepository extends GenericRepository<KeyUseRow, String> {
  @Query(
      """
      insert into key_uses (key_id, used_at, library)
      select id, cast(:usedAt as timestamptz), cast(:library as varchar) from api_keys where id = :keyId
      on conflict (key_id) do update set used_at = excluded.used_at, library = excluded.library
      where key_uses.used_at < excluded.used_at
      """)
  void used(KeyUseRow row);
}
