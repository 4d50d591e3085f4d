package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.account.AuditLog.Numbered;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tenants and their members. Whoever calls has found out that the member may ({@link Acting#may});
 * what depends on whom it concerns is decided here. Calls block. Thread-safe.
 */
public final class Teams {
  private static final Duration INVITATION_LIFE = Duration.ofDays(7);
  static final int TENANTS_MAX = 50;
  static final int INVITATIONS_MAX = 200;

  private final ConsolePorts ports;
  private final Registration registration;
  private final Letters letters;
  private final AttemptLimits limits;

  public Teams(
      ConsolePorts ports, Registration registration, Letters letters, AttemptLimits limits) {
    this.ports = ports;
    this.registration = registration;
    this.letters = letters;
    this.limits = limits;
  }

  /** A new tenant of which the account is the owner. */
  public Outcome<Membership> found(Account account, String name, Source from) {
    return Fields.name(name, "name")
        .then(
            good -> {
              if (ports.team().memberships(account.id()).size() >= TENANTS_MAX) {
                return Outcome.refused(ErrorCode.TOO_MANY_ITEMS);
              }
              TenantId tenant =
                  ports.work().atomically(() -> registration.found(account, good, from));
              return Outcome.done(new Membership(tenant, good, TeamRole.OWNER));
            });
  }

  public Outcome<Membership> rename(Acting by, String name) {
    return Fields.name(name, "name")
        .then(
            good -> {
              Membership old = by.membership();
              ports
                  .work()
                  .atomically(
                      () -> {
                        ports.team().rename(by.tenant(), good);
                        Change change = Change.of("name", old.tenantName(), good);
                        ports
                            .journal()
                            .write(by, "tenant.renamed", "tenant " + by.tenant(), change);
                        return good;
                      });
              return Outcome.done(new Membership(old.tenant(), good, old.role()));
            });
  }

  public List<TeamMember> members(Acting by) {
    return ports.team().members(by.tenant());
  }

  /** Nobody gives a role above their own, or takes one from somebody who is more. */
  public Outcome<TeamMember> changeRole(Acting by, MemberId id, TeamRole role) {
    return ports
        .work()
        .atomically(
            () ->
                touchable(by, id)
                    .then(member -> grantable(by, role).then(granted -> Outcome.done(member)))
                    .then(member -> stillOwned(by, member, role))
                    .then(
                        member -> {
                          ports.team().changeRole(by.tenant(), id, role);
                          ports
                              .journal()
                              .write(
                                  by,
                                  "member.changed",
                                  "account " + member.account(),
                                  Change.of("role", member.role().word(), role.word()));
                          return Outcome.done(
                              new TeamMember(
                                  id, member.account(), member.email(), role, member.since()));
                        }));
  }

  /** Removes the member; everybody may remove themselves. */
  public Outcome<TeamMember> remove(Acting by, MemberId id) {
    return ports
        .work()
        .atomically(
            () ->
                touchable(by, id)
                    .then(member -> stillOwned(by, member, TeamRole.VIEWER))
                    .then(
                        member -> {
                          ports.team().remove(by.tenant(), id);
                          Map<String, String> was =
                              Map.of("email", member.email().value(), "role", member.role().word());
                          ports
                              .journal()
                              .write(
                                  by,
                                  "member.removed",
                                  "account " + member.account(),
                                  new Change(was, null));
                          return Outcome.done(member);
                        }));
  }

  private Outcome<TeamMember> touchable(Acting by, MemberId id) {
    ports.team().lock(by.tenant());
    Optional<TeamMember> found = ports.team().member(by.tenant(), id);
    if (found.isEmpty()) {
      return Outcome.refused(ErrorCode.MEMBER_UNKNOWN);
    }
    TeamMember member = found.get();
    // a program that only reads must not take its owner out of the tenant
    boolean self = by.token() == null && member.account().equals(by.account().id());
    return self || (by.may(Right.CHANGE_TEAM) && by.membership().role().isAtLeast(member.role()))
        ? Outcome.done(member)
        : Outcome.refused(denied(by, member.role()));
  }

  private static Outcome<TeamRole> grantable(Acting by, TeamRole role) {
    return by.may(Right.CHANGE_TEAM) && by.membership().role().isAtLeast(role)
        ? Outcome.done(role)
        : Outcome.refused(denied(by, role).at("/role"));
  }

  private static Problem denied(Acting by, TeamRole about) {
    String least = about.isAtLeast(Right.CHANGE_TEAM.least()) ? about.word() : "admin";
    return Problem.of(
        ErrorCode.ROLE_DENIED,
        by.membership().role().word() + " (expected: at least " + least + ")");
  }

  /** A tenant without an owner would be nobody's. */
  private Outcome<TeamMember> stillOwned(Acting by, TeamMember member, TeamRole next) {
    boolean last =
        member.role() == TeamRole.OWNER
            && next != TeamRole.OWNER
            && ports.team().members(by.tenant()).stream()
                    .filter(other -> other.role() == TeamRole.OWNER)
                    .count()
                == 1;
    return last ? Outcome.refused(ErrorCode.LAST_OWNER) : Outcome.done(member);
  }

  public List<Invitation> invitations(Acting by) {
    return ports.team().invitations(by.tenant(), ports.clock().instant());
  }

  /** Mails an invitation. Whether the address has an account is not told. */
  public Outcome<Invitation> invite(Acting by, String email, TeamRole role) {
    return Fields.email(email)
        .then(address -> grantable(by, role).then(granted -> unlessMember(by, address)))
        .then(
            address -> {
              String token = OneTimeToken.random();
              Instant until =
                  ports.clock().instant().plus(INVITATION_LIFE).truncatedTo(ChronoUnit.MICROS);
              Invitation invitation =
                  new Invitation(InvitationId.random(), by.tenant(), address, role, until);
              keep(by, invitation, OneTimeToken.digest(token));
              letters.invite(invitation, by.membership().tenantName(), token);
              return Outcome.done(invitation);
            });
  }

  private Outcome<EmailAddress> unlessMember(Acting by, EmailAddress address) {
    // each one is a mail to somebody who did not ask for it
    Problem tooMany = limits.attemptMail(by.from(), address);
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    if (invitations(by).size() >= INVITATIONS_MAX) {
      return Outcome.refused(ErrorCode.TOO_MANY_ITEMS);
    }
    boolean member =
        ports.team().members(by.tenant()).stream().anyMatch(it -> it.email().equals(address));
    return member
        ? Outcome.refused(Problem.of(ErrorCode.MEMBER_EXISTS).at("/email"))
        : Outcome.done(address);
  }

  private void keep(Acting by, Invitation invitation, String digest) {
    ports
        .work()
        .atomically(
            () -> {
              ports.team().invite(invitation, digest);
              Map<String, String> what =
                  Map.of("email", invitation.email().value(), "role", invitation.role().word());
              ports
                  .journal()
                  .write(
                      by,
                      "member.invited",
                      "invitation " + invitation.id(),
                      new Change(null, what));
              return invitation;
            });
  }

  public Outcome<InvitationId> withdraw(Acting by, InvitationId id) {
    return ports
        .work()
        .atomically(
            () -> {
              if (!ports.team().withdraw(by.tenant(), id)) {
                return Outcome.refused(ErrorCode.INVITATION_UNKNOWN);
              }
              ports.journal().write(by, "invitation.withdrawn", "invitation " + id, Change.NONE);
              return Outcome.done(id);
            });
  }

  /** Whoever is signed in becomes a member, if the invitation was mailed to the same address. */
  public Outcome<Invitation> accept(Account account, String token, Source from) {
    Optional<Invitation> found =
        ports
            .team()
            .invitation(OneTimeToken.digest(token), ports.clock().instant())
            .filter(invitation -> invitation.email().equals(account.email()));
    if (found.isEmpty()) {
      return Outcome.refused(Problem.of(ErrorCode.LINK_INVALID).at("/token"));
    }
    ports
        .work()
        .atomically(
            () -> {
              Joining.join(ports, account, found.get(), from);
              // it came by mail, and only to this address
              ports.accounts().markVerified(account.id());
              return account;
            });
    return Outcome.done(found.get());
  }

  /** The newest entries before this number. */
  public List<Numbered> log(Acting by, long before, int limit) {
    return ports.audit().page(by.tenant(), before, limit);
  }
}
