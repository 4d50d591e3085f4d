package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code sign_in_challenges}. Immutable. */
@MappedEntity("sign_in_challenges")
record ChallengeRow(@Id String digest, UUID accountId, Instant expiresAt, int tries) {}
