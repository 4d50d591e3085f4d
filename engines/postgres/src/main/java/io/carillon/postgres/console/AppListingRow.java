package io.carillon.postgres.console;

import io.carillon.core.account.AppListings.AppListing;
import io.carillon.core.model.AppId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** What people are shown of a row of {@code apps}. Immutable. */
@MappedEntity("apps")
record AppListingRow(@Id String id, UUID tenantId, String name, Instant createdAt) {
  AppListing listing() {
    return new AppListing(new AppId(id), name, createdAt);
  }
}
