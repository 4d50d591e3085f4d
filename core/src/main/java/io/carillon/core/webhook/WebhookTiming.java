package io.carillon.core.webhook;

import java.time.Duration;

/**
 * How long what takes. Immutable.
 *
 * @param hold for how long an end waits whether it comes back; 0 tells it at once
 * @param retry of the events of a channel
 * @param breaker of an endpoint that fails
 * @param giveUp how long an event is tried
 */
public record WebhookTiming(Duration hold, BackOff retry, Breaker breaker, Duration giveUp) {
  public static final WebhookTiming USUAL =
      of(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofHours(24));

  /**
   * The usual proportions.
   *
   * @param firstRetry the wait behind a first failure
   */
  public static WebhookTiming of(Duration hold, Duration firstRetry, Duration giveUp) {
    return new WebhookTiming(
        hold,
        new BackOff(firstRetry, firstRetry.multipliedBy(1_800)),
        new Breaker(new BackOff(firstRetry.multipliedBy(5), firstRetry.multipliedBy(60))),
        giveUp);
  }
}
