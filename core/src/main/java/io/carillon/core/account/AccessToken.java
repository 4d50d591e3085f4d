package io.carillon.core.account;

import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program shows in place of somebody's session, without the secret itself. Immutable.
 *
 * @param label the owner's own name for it
 * @param reach where it counts, and as what
 * @param usedAt when it was used last, a minute late at most; null for never
 */
public record AccessToken(
    AccessTokenId id,
    AccountId account,
    String label,
    Reach reach,
    Instant since,
    Instant expiresAt,
    @Nullable Instant usedAt) {
  /** How long one may count. */
  public static final Duration LIFE_MAX = Duration.ofDays(365);

  /** With which the secret begins, so that programs that look for leaked secrets find it. */
  public static final String PREFIX = "carillon_pat_";

  /**
   * Where a token counts, and as what at most; its owner may be less, and then it is less too.
   *
   * @param tenant null for all tenants of its owner
   * @param ceiling {@link TeamRole#ADMIN} at most
   */
  public record Reach(@Nullable TenantId tenant, TeamRole ceiling) {
    public Reach {
      if (ceiling == TeamRole.OWNER) {
        throw new IllegalArgumentException("ceiling: owner (expected: admin at most)");
      }
    }

    /** What is left of an account's memberships. */
    List<Membership> within(List<Membership> memberships) {
      return memberships.stream()
          .filter(membership -> tenant == null || tenant.equals(membership.tenant()))
          .map(
              membership ->
                  ceiling.isAtLeast(membership.role())
                      ? membership
                      : new Membership(membership.tenant(), membership.tenantName(), ceiling))
          .toList();
    }
  }
}
