package io.carillon.postgres;

import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code apps}. Immutable. */
@MappedEntity("apps")
record AppRow(
    @Id String id,
    UUID tenantId,
    String name,
    boolean enabled,
    boolean clientEvents,
    boolean subscriptionCounts,
    boolean requireSignIn,
    int connections,
    int messageBytes,
    int clientEventsPerSecond,
    int presenceMembers,
    int channelsPerConnection,
    Instant createdAt,
    @Nullable Instant rulesSince) {

  static AppRow of(String id, UUID tenantId, String name, AppSettings settings, Instant createdAt) {
    Features features = settings.features();
    Limits limits = settings.limits();
    return new AppRow(
        id,
        tenantId,
        name,
        settings.enabled(),
        features.clientEvents(),
        features.subscriptionCounts(),
        features.requireSignIn(),
        limits.connections(),
        limits.messageBytes(),
        limits.clientEventsPerSecond(),
        limits.presenceMembers(),
        limits.channelsPerConnection(),
        createdAt,
        null);
  }

  /** For changing the settings, which leaves the rest as it is. */
  AppRow with(AppSettings settings) {
    return of(id, tenantId, name, settings, createdAt);
  }

  long rulesSinceMillis() {
    return rulesSince == null ? 0 : rulesSince.toEpochMilli();
  }

  AppSettings settings() {
    return new AppSettings(
        enabled,
        new Features(clientEvents, subscriptionCounts, requireSignIn),
        new Limits(
            connections,
            messageBytes,
            clientEventsPerSecond,
            presenceMembers,
            channelsPerConnection));
  }
}
