package io.carillon.core.webhook;

import io.carillon.core.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What signs an endpoint's calls of the native format. While a secret is changed calls have a
 * signature of each, so that receivers need not change at the same moment. Immutable.
 *
 * @param current {@code whsec_} and Base64 of 24 bytes
 * @param former the one before, or null
 * @param formerUntil when the former one is not used any more
 */
public record WebhookSecrets(Secret current, @Nullable Secret former, Instant formerUntil) {
  /** How long a former secret may still sign. */
  public static final Duration FORMER_MAX = Duration.ofDays(7);

  public static WebhookSecrets of(Secret current) {
    return new WebhookSecrets(current, null, Instant.EPOCH);
  }

  /** The current one, and the former as long as it is used. */
  public List<Secret> validAt(Instant time) {
    return former == null || !time.isBefore(formerUntil)
        ? List.of(current)
        : List.of(current, former);
  }
}
