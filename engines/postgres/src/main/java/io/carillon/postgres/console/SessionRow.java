package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code console_sessions}. Immutable. */
@MappedEntity("console_sessions")
record SessionRow(@Id UUID id, UUID accountId, Instant expiresAt) {}
