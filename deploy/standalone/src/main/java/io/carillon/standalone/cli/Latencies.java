package io.carillon.standalone.cli;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took, in steps of 3 percent, from a microsecond to more than an hour. Thread-safe
 * without a lock; reading while others write is approximate.
 */
final class Latencies {
  /** Steps of each doubling. */
  private static final int STEPS = 32;

  private static final int DOUBLINGS = 32;

  private final AtomicLongArray counts = new AtomicLongArray(DOUBLINGS * STEPS);

  void record(long nanos) {
    counts.incrementAndGet(place(Math.max(1, nanos / 1_000)));
  }

  private static int place(long micros) {
    int doubling = 63 - Long.numberOfLeadingZeros(micros);
    long within = ((micros - (1L << doubling)) * STEPS) >> doubling;
    return Math.min(doubling * STEPS + (int) within, DOUBLINGS * STEPS - 1);
  }

  long count() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /**
   * The time in milliseconds that this part did not exceed; 0 when there is nothing.
   *
   * @param part above 0, up to 1
   */
  double millis(double part) {
    long wanted = (long) Math.ceil(count() * part);
    long seen = 0;
    for (int i = 0; i < counts.length() && wanted > 0; i++) {
      seen += counts.get(i);
      if (seen >= wanted) {
        return upperMicros(i) / 1_000;
      }
    }
    return 0;
  }

  private static double upperMicros(int place) {
    double base = 1L << (place / STEPS);
    return base + base * (place % STEPS + 1) / STEPS;
  }
}
