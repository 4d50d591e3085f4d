package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** A row of {@code recovery_codes}. Immutable. */
@MappedEntity("recovery_codes")
record RecoveryCodeRow(UUID accountId, @Id String digest) {}
