package io.carillon.postgres.console;

import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.Invitation;
import io.carillon.core.account.InvitationId;
import io.carillon.core.account.TeamRole;
import io.carillon.core.model.TenantId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code invitations}. Immutable. */
@MappedEntity("invitations")
record InvitationRow(
    @Id UUID id, UUID tenantId, String email, String role, String digest, Instant expiresAt) {

  static InvitationRow of(Invitation invitation, String digest) {
    return new InvitationRow(
        invitation.id().value(),
        invitation.tenant().value(),
        invitation.email().value(),
        invitation.role().name(),
        digest,
        invitation.expiresAt());
  }

  Invitation invitation() {
    return new Invitation(
        new InvitationId(id),
        new TenantId(tenantId),
        new EmailAddress(email),
        TeamRole.valueOf(role),
        expiresAt);
  }
}
