package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import java.util.Map;

/** Becoming a member by an invitation, for old and new accounts. Stateless. */
final class Joining {
  private Joining() {}

  /** The invitation is used; an account that is a member already stays what it is. */
  static void join(ConsolePorts ports, Account account, Invitation invitation, Source from) {
    ports.team().withdraw(invitation.tenant(), invitation.id());
    boolean added =
        ports
            .team()
            .add(invitation.tenant(), account.id(), invitation.role(), ports.clock().instant());
    if (added) {
      Acting member =
          new Acting(account, new Membership(invitation.tenant(), "", invitation.role()), from);
      ports
          .journal()
          .write(
              member,
              "member.joined",
              "account " + account.id(),
              new Change(
                  null,
                  Map.of("email", account.email().value(), "role", invitation.role().word())));
    }
  }
}
