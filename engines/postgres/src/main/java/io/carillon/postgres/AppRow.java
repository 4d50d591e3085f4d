package io.carillon.postgres;

import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.Origins;
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
    String limits,
    String allowedOrigins,
    Instant createdAt,
    @Nullable Instant rulesSince) {

  static AppRow of(String id, UUID tenantId, String name, AppSettings settings, Instant createdAt) {
    Features features = settings.features();
    return new AppRow(
        id,
        tenantId,
        name,
        settings.enabled(),
        features.clientEvents(),
        features.subscriptionCounts(),
        features.requireSignIn(),
        WrittenLimits.write(settings.limits().own()),
        String.join("\n", settings.origins().allowed()),
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

  /** The settings under this plan. */
  AppSettings settings(LimitPlan plan) {
    return new AppSettings(
        enabled,
        new Features(clientEvents, subscriptionCounts, requireSignIn),
        Limits.of(plan, WrittenLimits.read(limits)),
        new Origins(allowedOrigins.lines().toList()));
  }
}
