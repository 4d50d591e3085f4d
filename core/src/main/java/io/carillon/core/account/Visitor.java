package io.carillon.core.account;

import java.util.List;

/**
 * Who is signed in. Immutable.
 *
 * @param memberships by the tenant's name
 */
public record Visitor(Account account, ConsoleSession session, List<Membership> memberships) {
  public Visitor {
    memberships = List.copyOf(memberships);
  }
}
