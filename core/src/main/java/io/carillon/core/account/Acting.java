package io.carillon.core.account;

import io.carillon.core.model.TenantId;

/** A member who does something in a tenant. Immutable. */
public record Acting(Account account, Membership membership, Source from) {
  public TenantId tenant() {
    return membership.tenant();
  }

  public boolean may(Right right) {
    return membership.role().isAtLeast(right.least());
  }
}
