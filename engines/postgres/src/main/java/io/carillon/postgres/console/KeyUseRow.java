package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code key_uses}. Immutable. */
@MappedEntity("key_uses")
record KeyUseRow(@Id String keyId, Instant usedAt, @Nullable String library) {}
