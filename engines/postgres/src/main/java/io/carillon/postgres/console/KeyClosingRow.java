package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code key_closings}. Immutable. */
@MappedEntity("key_closings")
record KeyClosingRow(@Id String keyId, Instant since, int unusedSeconds) {}
