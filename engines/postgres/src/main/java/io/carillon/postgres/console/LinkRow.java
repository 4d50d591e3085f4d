package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code mailed_links}. Immutable. */
@MappedEntity("mailed_links")
record LinkRow(@Id String digest, UUID accountId, String purpose, Instant expiresAt) {}
