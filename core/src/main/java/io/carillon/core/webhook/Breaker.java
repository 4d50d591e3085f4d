package io.carillon.core.webhook;

import io.carillon.core.runtime.Chance;
import java.time.Duration;

/**
 * When an endpoint that fails is left alone: after {@link #THRESHOLD} failures in a row nothing is
 * sent for a while, then one call tries it, and a success opens it to everything again. So a server
 * that is down costs one call now and then, whatever waits for it. Immutable.
 */
public record Breaker(BackOff pause) {
  /** Failures in a row, over all channels. */
  public static final int THRESHOLD = 5;

  /** Whether so many failures in a row leave one trial at a time only. */
  public static boolean isOpen(int failures) {
    return failures >= THRESHOLD;
  }

  /**
   * How long nothing is sent; zero as long as it is closed.
   *
   * @param failures in a row, the latest too
   */
  public Duration afterFailure(int failures, Chance chance) {
    return isOpen(failures) ? pause.after(failures - THRESHOLD + 1, chance) : Duration.ZERO;
  }
}
