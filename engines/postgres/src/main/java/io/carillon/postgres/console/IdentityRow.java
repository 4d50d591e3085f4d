package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code identities}; both issuer and subject name it. Immutable. */
@MappedEntity("identities")
record IdentityRow(String issuer, @Id String subject, UUID accountId, Instant since) {}
