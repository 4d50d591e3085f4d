package io.carillon.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which channels are left alone for a while, as the server asked for it. Confined to the relay's
 * thread.
 */
final class Waits {
  /** More are not remembered; they are asked for again at once. */
  private static final int REMEMBERED_MAX = 10_000;

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int DOUBLINGS_MAX = 6;

  private final Map<String, Long> until = new HashMap<>();

  boolean has(String channel, long nowNanos) {
    Long end = until.get(channel);
    if (end == null) {
      return false;
    }
    if (end - nowNanos > 0) {
      return true;
    }
    until.remove(channel);
    return false;
  }

  void begin(String channel, Duration time, long nowNanos) {
    if (until.size() < REMEMBERED_MAX) {
      until.put(channel, nowNanos + time.toNanos());
    }
  }

  /**
   * How long to wait behind so many failures in a row, shortened by chance to no less than half.
   */
  static Duration after(int failures) {
    long whole =
        Math.min(FIRST.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX), LONGEST.toMillis());
    return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 2));
  }
}
