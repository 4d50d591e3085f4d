package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people are shown of applications. Every statement has the tenant in it. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AppListingRepository extends GenericRepository<AppListingRow, String> {
  List<AppListingRow> findByTenantId(UUID tenantId);

  Optional<AppListingRow> findByTenantIdAndId(UUID tenantId, String id);

  @Query("update apps set name = :name where tenant_id = :tenantId and id = :id")
  void rename(UUID tenantId, String id, String name);
}
