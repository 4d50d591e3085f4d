package io.carillon.core.account;

import io.carillon.core.model.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A member who does something in a tenant. Immutable.
 *
 * @param token with which it is done; null for a session
 */
public record Acting(
    Account account, Membership membership, Source from, @Nullable AccessToken token) {
  /** Who has signed in. */
  public Acting(Account account, Membership membership, Source from) {
    this(account, membership, from, null);
  }

  public TenantId tenant() {
    return membership.tenant();
  }

  public boolean may(Right right) {
    return membership.role().isAtLeast(right.least());
  }
}
