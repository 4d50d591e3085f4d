package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What people are shown of keys. Every statement has the tenant in it. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface KeyListingRepository extends GenericRepository<KeyListingRow, String> {
  List<KeyListingRow> findByTenantIdAndAppId(UUID tenantId, String appId);

  @Query(
      """
      update api_keys set closes_at = :closesAt
      where tenant_id = :tenantId and app_id = :appId and id = :id
      """)
  void closeAt(UUID tenantId, String appId, String id, Instant closesAt);

  @Query(
      """
      update api_keys set replaces = :replaces
      where tenant_id = :tenantId and app_id = :appId and id = :id
      """)
  void succeed(UUID tenantId, String appId, String id, String replaces);
}
