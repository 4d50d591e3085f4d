package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to which tenant. Every statement has the tenant in it. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface MembershipRepository extends GenericRepository<MembershipRow, UUID> {
  MembershipRow save(MembershipRow row);

  Optional<MembershipRow> findByTenantIdAndAccountId(UUID tenantId, UUID accountId);

  @Query("update memberships set role = :role where tenant_id = :tenantId and id = :id")
  void changeRole(UUID tenantId, UUID id, String role);

  long deleteByTenantIdAndId(UUID tenantId, UUID id);

  /** The tenant's name, if there is the tenant; until the transaction ends others wait for it. */
  @Query("select name from tenants where id = :tenantId for update")
  Optional<String> lock(UUID tenantId);

  @Query("update tenants set name = :name where id = :tenantId")
  void rename(UUID tenantId, String name);
}
