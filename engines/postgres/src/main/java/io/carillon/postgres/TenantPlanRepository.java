package io.carillon.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The plans of tenants. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TenantPlanRepository extends GenericRepository<TenantPlanRow, UUID> {
  List<TenantPlanRow> findAll();

  List<TenantPlanRow> findByIdIn(Collection<UUID> ids);

  Optional<TenantPlanRow> findById(UUID id);

  @Query("update tenants set plan = :plan where id = :id")
  long give(UUID id, String plan);
}
