package io.carillon.postgres.console;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code account_log}. Immutable. */
@MappedEntity("account_log")
record AccountLogRow(
    @Id @GeneratedValue @Nullable Long id,
    UUID accountId,
    Instant writtenAt,
    String action,
    String address,
    String browser) {}
