package io.carillon.postgres.console;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Members with what their accounts and tenants are called; only read. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TeamMemberRepository extends GenericRepository<TeamMemberRow, UUID> {
  List<TeamMemberRow> findByTenantId(UUID tenantId);

  Optional<TeamMemberRow> findByTenantIdAndId(UUID tenantId, UUID id);

  Optional<TeamMemberRow> findByTenantIdAndAccountId(UUID tenantId, UUID accountId);

  /** The tenants of one account. */
  List<TeamMemberRow> findByAccountId(UUID accountId);
}
