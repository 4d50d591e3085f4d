package io.carillon.postgres;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The channel rules. What does not take a tenant serves the directory of all tenants. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RuleRepository extends GenericRepository<RuleRow, Long> {
  List<RuleRow> saveAll(List<RuleRow> rows);

  List<RuleRow> findByTenantId(UUID tenantId);

  long deleteByTenantIdAndAppId(UUID tenantId, String appId);

  RuleRow save(RuleRow row);

  Optional<RuleRow> findByTenantIdAndAppIdAndPattern(UUID tenantId, String appId, String pattern);

  long countByTenantIdAndAppId(UUID tenantId, String appId);

  long deleteByTenantIdAndAppIdAndPattern(UUID tenantId, String appId, String pattern);

  List<RuleRow> findAll();

  List<RuleRow> findByAppIdIn(Collection<String> appIds);
}
