package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.MemberId;
import io.carillon.core.account.Membership;
import io.carillon.core.account.TeamMember;
import io.carillon.core.account.TeamRole;
import io.carillon.core.model.TenantId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of the view {@code team_members}. Immutable. */
@MappedEntity("team_members")
record TeamMemberRow(
    @Id UUID id,
    UUID tenantId,
    String tenantName,
    UUID accountId,
    String email,
    String role,
    Instant since) {

  TeamMember member() {
    return new TeamMember(
        new MemberId(id),
        new AccountId(accountId),
        new EmailAddress(email),
        TeamRole.valueOf(role),
        since);
  }

  Membership membership() {
    return new Membership(new TenantId(tenantId), tenantName, TeamRole.valueOf(role));
  }
}
