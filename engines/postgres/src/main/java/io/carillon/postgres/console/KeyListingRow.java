package io.carillon.postgres.console;

import io.carillon.core.account.AppListings.KeyListing;
import io.carillon.core.account.AppListings.KeyUse;
import io.carillon.core.model.KeyId;
import io.carillon.postgres.WrittenCapabilities;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the view {@code key_listings}. Immutable. */
@MappedEntity("key_listings")
record KeyListingRow(
    @Id String id,
    UUID tenantId,
    String appId,
    String label,
    Instant createdAt,
    @Nullable String replaces,
    @Nullable Instant closesAt,
    @Nullable Instant usedAt,
    @Nullable String library,
    @Nullable String capabilities) {

  KeyListing listing() {
    return new KeyListing(
        new KeyId(id),
        label,
        WrittenCapabilities.read(capabilities),
        createdAt,
        replaces == null ? null : new KeyId(replaces),
        closesAt,
        usedAt == null ? null : new KeyUse(usedAt, library));
  }
}
