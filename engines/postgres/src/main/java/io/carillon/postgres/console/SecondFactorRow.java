package io.carillon.postgres.console;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code second_factors}. Immutable. */
@MappedEntity("second_factors")
@SuppressWarnings("ArrayRecordComponent") // a row is only carried, never compared
record SecondFactorRow(
    @Id UUID accountId, byte[] sealedSecret, @Nullable Instant confirmedAt, long lastStep) {
  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "SecondFactorRow[accountId=" + accountId + "]";
  }
}
