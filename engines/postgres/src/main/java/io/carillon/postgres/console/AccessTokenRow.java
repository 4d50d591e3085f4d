package io.carillon.postgres.console;

import io.carillon.core.account.AccessToken;
import io.carillon.core.account.AccessToken.Reach;
import io.carillon.core.account.AccessTokenId;
import io.carillon.core.account.AccountId;
import io.carillon.core.account.TeamRole;
import io.carillon.core.model.TenantId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code access_tokens}. Immutable. */
@MappedEntity("access_tokens")
record AccessTokenRow(
    @Id UUID id,
    UUID accountId,
    String digest,
    String label,
    @Nullable UUID tenantId,
    String ceiling,
    Instant since,
    Instant expiresAt,
    @Nullable Instant usedAt) {

  static AccessTokenRow of(AccessToken token, String digest) {
    TenantId tenant = token.reach().tenant();
    return new AccessTokenRow(
        token.id().value(),
        token.account().value(),
        digest,
        token.label(),
        tenant == null ? null : tenant.value(),
        token.reach().ceiling().name(),
        token.since(),
        token.expiresAt(),
        token.usedAt());
  }

  AccessToken token() {
    return new AccessToken(
        new AccessTokenId(id),
        new AccountId(accountId),
        label,
        new Reach(tenantId == null ? null : new TenantId(tenantId), TeamRole.valueOf(ceiling)),
        since,
        expiresAt,
        usedAt);
  }

  /** Leaves the digest out. */
  @Override
  public String toString() {
    return "AccessTokenRow[id=" + id + "]";
  }
}
