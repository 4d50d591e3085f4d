package io.carillon.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/** The tenants. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TenantRepository extends GenericRepository<TenantRow, UUID> {
  TenantRow save(TenantRow row);

  boolean existsById(UUID id);

  @Query("delete from tenants where id = :id")
  long remove(UUID id);
}
