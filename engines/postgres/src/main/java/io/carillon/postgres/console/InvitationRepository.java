package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who is invited. What does not take a tenant is asked by the token that its mail had. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface InvitationRepository extends GenericRepository<InvitationRow, UUID> {
  InvitationRow save(InvitationRow row);

  List<InvitationRow> findByTenantId(UUID tenantId);

  Optional<InvitationRow> findByDigest(String digest);

  long deleteByTenantIdAndId(UUID tenantId, UUID id);

  @Query(
      """
      delete from invitations
      where tenant_id = :tenantId and (email = :email or expires_at <= :now)
      """)
  void makeRoom(UUID tenantId, String email, Instant now);
}
