package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.Invitation;
import io.carillon.core.account.InvitationId;
import io.carillon.core.account.MemberId;
import io.carillon.core.account.Membership;
import io.carillon.core.account.Team;
import io.carillon.core.account.TeamMember;
import io.carillon.core.account.TeamRole;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.model.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Members and invitations in their tables. Immutable, thread-safe. */
record PostgresTeam(
    MembershipRepository memberships,
    TeamMemberRepository members,
    InvitationRepository invitations,
    UnitOfWork work)
    implements Team {

  @Override
  public List<Membership> memberships(AccountId account) {
    return members.findByAccountId(account.value()).stream()
        .map(TeamMemberRow::membership)
        .sorted(
            Comparator.comparing(Membership::tenantName)
                .thenComparing(membership -> membership.tenant().value()))
        .toList();
  }

  @Override
  public Optional<Membership> membership(AccountId account, TenantId tenant) {
    return members
        .findByTenantIdAndAccountId(tenant.value(), account.value())
        .map(TeamMemberRow::membership);
  }

  @Override
  public boolean rename(TenantId tenant, String name) {
    return work.atomically(
        () -> {
          boolean exists = memberships.lock(tenant.value()).isPresent();
          memberships.rename(tenant.value(), name);
          return exists;
        });
  }

  @Override
  public void lock(TenantId tenant) {
    memberships.lock(tenant.value());
  }

  @Override
  public List<TeamMember> members(TenantId tenant) {
    return members.findByTenantId(tenant.value()).stream()
        .map(TeamMemberRow::member)
        .sorted(
            Comparator.comparing(TeamMember::since).thenComparing(member -> member.id().value()))
        .toList();
  }

  @Override
  public Optional<TeamMember> member(TenantId tenant, MemberId member) {
    return members.findByTenantIdAndId(tenant.value(), member.value()).map(TeamMemberRow::member);
  }

  @Override
  public boolean add(TenantId tenant, AccountId account, TeamRole role, Instant since) {
    return work.atomically(
        () -> {
          lock(tenant);
          if (memberships.findByTenantIdAndAccountId(tenant.value(), account.value()).isPresent()) {
            return false;
          }
          memberships.save(
              new MembershipRow(
                  UUID.randomUUID(), tenant.value(), account.value(), role.name(), since));
          return true;
        });
  }

  @Override
  public boolean changeRole(TenantId tenant, MemberId member, TeamRole role) {
    return work.atomically(
        () -> {
          boolean exists = member(tenant, member).isPresent();
          memberships.changeRole(tenant.value(), member.value(), role.name());
          return exists;
        });
  }

  @Override
  public boolean remove(TenantId tenant, MemberId member) {
    return memberships.deleteByTenantIdAndId(tenant.value(), member.value()) > 0;
  }

  @Override
  public List<Invitation> invitations(TenantId tenant, Instant now) {
    return invitations.findByTenantId(tenant.value()).stream()
        .map(InvitationRow::invitation)
        .filter(invitation -> invitation.expiresAt().isAfter(now))
        .sorted(
            Comparator.comparing(Invitation::expiresAt)
                .thenComparing(invitation -> invitation.id().value()))
        .toList();
  }

  @Override
  public void invite(Invitation invitation, String digest) {
    work.atomically(
        () -> {
          UUID tenant = invitation.tenant().value();
          lock(invitation.tenant());
          invitations.makeRoom(tenant, invitation.email().value(), Instant.now());
          return invitations.save(InvitationRow.of(invitation, digest));
        });
  }

  @Override
  public boolean withdraw(TenantId tenant, InvitationId invitation) {
    return invitations.deleteByTenantIdAndId(tenant.value(), invitation.value()) > 0;
  }

  @Override
  public Optional<Invitation> invitation(String digest, Instant now) {
    return invitations
        .findByDigest(digest)
        .map(InvitationRow::invitation)
        .filter(invitation -> invitation.expiresAt().isAfter(now));
  }
}
