package io.carillon.core.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, or who stands behind an access token. Immutable.
 *
 * @param memberships by the tenant's name; of a token those that it reaches, as what it may be
 * @param token which was shown; null for a session
 */
public record Visitor(
    Account account,
    ConsoleSession session,
    List<Membership> memberships,
    @Nullable AccessToken token) {
  public Visitor {
    memberships = List.copyOf(memberships);
  }

  /** Who has signed in. */
  public Visitor(Account account, ConsoleSession session, List<Membership> memberships) {
    this(account, session, memberships, null);
  }
}
