package io.carillon.postgres.console;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit_log}. Immutable. */
@MappedEntity("audit_log")
record AuditRow(
    @Id @GeneratedValue @Nullable Long id,
    UUID tenantId,
    Instant writtenAt,
    UUID accountId,
    String email,
    String address,
    String action,
    String target,
    @Nullable String valueBefore,
    @Nullable String valueAfter,
    @Nullable String token) {}
