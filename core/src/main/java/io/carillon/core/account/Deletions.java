package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.account.SignIn.Proof;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.TenantId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ending accounts and tenants, for good. What was written in the logs stays. Calls block.
 * Thread-safe.
 */
public final class Deletions {
  private final ConsolePorts ports;
  private final TwoFactor twoFactor;

  public Deletions(ConsolePorts ports, TwoFactor twoFactor) {
    this.ports = ports;
    this.twoFactor = twoFactor;
  }

  /**
   * Deletes the account of whoever proves to be it, with its sessions and memberships; not the only
   * owner of a tenant.
   *
   * @param code of the second factor; what it is does not matter where there is none
   */
  public Outcome<AccountId> deleteAccount(
      Visitor visitor, String password, String code, Source from) {
    return twoFactor
        .prove(visitor, new Proof(password, "password", from), code)
        .then(account -> ports.work().atomically(() -> delete(account, from)));
  }

  private Outcome<AccountId> delete(Account account, Source from) {
    List<Membership> memberships = ports.team().memberships(account.id());
    // in one order for all, so that two who wait for each other's team cannot be
    memberships.stream()
        .map(Membership::tenant)
        .sorted(Comparator.comparing(TenantId::value))
        .forEach(ports.team()::lock);
    String alone =
        ports.team().memberships(account.id()).stream()
            .filter(membership -> isOnlyOwner(account, membership))
            .map(Membership::tenantName)
            .collect(Collectors.joining(", "));
    if (!alone.isEmpty()) {
      return Outcome.refused(
          Problem.of(
              ErrorCode.LAST_OWNER,
              alone + " (expected: another owner too, or the team deleted before)"));
    }
    for (Membership membership : memberships) {
      Map<String, String> was =
          Map.of("email", account.email().value(), "role", membership.role().word());
      ports
          .journal()
          .write(
              new Acting(account, membership, from),
              "member.removed",
              "account " + account.id(),
              new Change(was, null));
    }
    ports.note(account.id(), "account-deleted", from);
    ports.accounts().delete(account.id());
    return Outcome.done(account.id());
  }

  private boolean isOnlyOwner(Account account, Membership membership) {
    return membership.role() == TeamRole.OWNER
        && ports.team().members(membership.tenant()).stream()
            .filter(member -> member.role() == TeamRole.OWNER)
            .allMatch(member -> member.account().equals(account.id()));
  }

  /**
   * Deletes the tenant with all that it has; every node goes by it within a second, on live sockets
   * too.
   *
   * @param name the tenant's, typed to show that it is meant
   */
  public Outcome<TenantId> deleteTenant(Acting by, String name) {
    String real = by.membership().tenantName();
    if (!name.strip().equals(real)) {
      return Outcome.refused(Fields.wrong("name", "another one", real));
    }
    return ports
        .work()
        .atomically(
            () -> {
              ports.team().lock(by.tenant());
              ports
                  .journal()
                  .write(
                      by,
                      "tenant.deleted",
                      "tenant " + by.tenant(),
                      new Change(Map.of("name", real), null));
              return ports.directory().deleteTenant(by.tenant())
                  ? Outcome.done(by.tenant())
                  : Outcome.refused(ErrorCode.TENANT_UNKNOWN);
            });
  }
}
