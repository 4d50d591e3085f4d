package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** Which keys end by not being used. Every statement has the tenant in it. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface KeyClosingRepository extends GenericRepository<KeyClosingRow, String> {
  @Query(
      """
      insert into key_closings (key_id, since, unused_seconds)
      select id, clock_timestamp(), :unusedSeconds from api_keys
      where tenant_id = :tenantId and app_id = :appId and id = :keyId
      """)
  void closeUnused(UUID tenantId, String appId, String keyId, int unusedSeconds);

  @Query(
      """
      select c.* from key_closings c join api_keys k on k.id = c.key_id
      where k.tenant_id = :tenantId and k.app_id = :appId and k.id = :keyId
      """)
  Optional<KeyClosingRow> find(UUID tenantId, String appId, String keyId);
}
