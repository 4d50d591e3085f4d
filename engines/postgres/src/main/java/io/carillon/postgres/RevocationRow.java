package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.Revocation;
import io.carillon.core.model.AppId;
import io.carillon.core.model.TenantId;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code token_revocations}. The array is shared and never changed. */
@MappedEntity("token_revocations")
@SuppressWarnings("ArrayRecordComponent") // rows are not compared
record RevocationRow(
    @Id @GeneratedValue @Nullable Long id,
    UUID tenantId,
    String appId,
    String kind,
    byte[] fits,
    long issuedBefore,
    Instant revokedAt) {

  static RevocationRow of(TenantId tenant, Revocation revocation) {
    RevokeTokens order = revocation.order();
    return new RevocationRow(
        null,
        tenant.value(),
        order.app().value(),
        order.by().name().toLowerCase(Locale.ROOT),
        order.value().getBytes(UTF_8),
        order.issuedBefore(),
        Instant.ofEpochMilli(revocation.atMillis()));
  }

  Revocation revocation() {
    By by = By.valueOf(kind.toUpperCase(Locale.ROOT));
    return new Revocation(
        new RevokeTokens(new AppId(appId), by, new String(fits, UTF_8), issuedBefore),
        revokedAt.toEpochMilli());
  }
}
