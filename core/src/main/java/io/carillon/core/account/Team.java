package io.carillon.core.account;

import io.carillon.core.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps who belongs to which tenant. A member or invitation of another tenant is answered as if it
 * did not exist. Calls block. Thread-safe.
 */
public interface Team {
  /** The account's tenants, by name. */
  List<Membership> memberships(AccountId account);

  Optional<Membership> membership(AccountId account, TenantId tenant);

  /** Whether the tenant existed and has the name now. */
  boolean rename(TenantId tenant, String name);

  /** Until the transaction ends, nobody else who calls this changes the tenant's team. */
  void lock(TenantId tenant);

  /** The oldest first. */
  List<TeamMember> members(TenantId tenant);

  Optional<TeamMember> member(TenantId tenant, MemberId member);

  /** Whether the account was not a member and is one now. */
  boolean add(TenantId tenant, AccountId account, TeamRole role, Instant since);

  boolean changeRole(TenantId tenant, MemberId member, TeamRole role);

  boolean remove(TenantId tenant, MemberId member);

  /** Those that are in force, the oldest first. */
  List<Invitation> invitations(TenantId tenant, Instant now);

  /**
   * Keeps the invitation in the place of an earlier one to the same address.
   *
   * @param digest of the token that the mail has
   */
  void invite(Invitation invitation, String digest);

  /** Whether there was such an invitation, and it counts no more. */
  boolean withdraw(TenantId tenant, InvitationId invitation);

  /** The invitation of a token, if it is in force; it stays until it is withdrawn. */
  Optional<Invitation> invitation(String digest, Instant now);
}
