package io.carillon.postgres;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code tenants}. Immutable. */
@MappedEntity("tenants")
record TenantRow(@Id UUID id, String name, Instant createdAt) {}
