package io.carillon.postgres;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** Which plan a tenant has. Immutable. */
@MappedEntity("tenants")
record TenantPlanRow(@Id UUID id, String name, String plan) {}
