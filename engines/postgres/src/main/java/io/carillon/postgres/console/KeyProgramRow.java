package io.carillon.postgres.console;

import io.carillon.core.account.AppListings.KeySighting;
import io.carillon.core.model.KeyId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code key_programs}. Immutable. */
@MappedEntity("key_programs")
record KeyProgramRow(
    @Id String keyId, String protocol, String library, String addressRange, Instant usedAt) {

  static KeyProgramRow of(KeySighting seen) {
    return new KeyProgramRow(
        seen.key().value(), seen.protocol(), seen.library(), seen.from(), seen.at());
  }

  KeySighting sighting() {
    return new KeySighting(new KeyId(keyId), protocol, library, addressRange, usedAt);
  }
}
