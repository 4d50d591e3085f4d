package io.carillon.benchmark.scenario;

/**
 * How long and how large runs are. Immutable.
 *
 * @param warmUpMillis before anything counts
 * @param millis that count
 * @param divisor numbers of connections are divided by it, for trials
 * @param window messages under way in a saturated channel
 */
public record Settings(int warmUpMillis, int millis, int divisor, int window) {
  public static final Settings DEFAULT = new Settings(10_000, 6_000, 1, 32);

  /** A number of connections or channels, at least one. */
  public int scaled(int number) {
    return Math.max(1, number / divisor);
  }
}
