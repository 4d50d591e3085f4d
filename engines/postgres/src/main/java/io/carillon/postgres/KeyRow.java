package io.carillon.postgres;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_keys}. The array is shared and never changed. */
@MappedEntity("api_keys")
@SuppressWarnings("ArrayRecordComponent") // rows are not compared
record KeyRow(
    @Id String id,
    UUID tenantId,
    String appId,
    byte[] sealedSecret,
    String label,
    Instant createdAt,
    @Nullable String capabilities) {}
