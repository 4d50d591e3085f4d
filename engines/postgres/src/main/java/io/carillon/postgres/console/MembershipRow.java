package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code memberships}. Immutable. */
@MappedEntity("memberships")
record MembershipRow(@Id UUID id, UUID tenantId, UUID accountId, String role, Instant since) {}
