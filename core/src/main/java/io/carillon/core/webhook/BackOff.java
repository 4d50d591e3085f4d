package io.carillon.core.webhook;

import io.carillon.core.runtime.Chance;
import java.time.Duration;

/**
 * How long to wait after failures: twice as long each time, up to a longest, each wait shortened by
 * chance to no less than half, so that what failed together does not come back together. Immutable.
 *
 * @param first after the first failure
 * @param longest never more
 */
public record BackOff(Duration first, Duration longest) {
  private static final int DOUBLINGS_MAX = 30;

  public BackOff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off: " + first + " to " + longest + " (expected: more than 0, and not less)");
    }
  }

  /**
   * The wait behind a failure.
   *
   * @param failures in a row, this one too: 1 or more
   */
  public Duration after(int failures, Chance chance) {
    long doubled = first.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
    long whole = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    long half = Math.max(1, whole / 2);
    return Duration.ofMillis(whole - Math.floorMod(chance.nextLong(), half));
  }
}
