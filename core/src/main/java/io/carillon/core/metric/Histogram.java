package io.carillon.core.metric;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, counted in fixed steps. Thread-safe; counting takes two additions and no
 * lock, and allocates nothing.
 */
public final class Histogram {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Upper ends of the steps in nanoseconds; what is longer is in one more step. */
  private static final long[] STEPS = {
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  private final LongAdder[] counts = new LongAdder[STEPS.length + 1];
  private final LongAdder nanos = new LongAdder();

  public Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts one; less than nothing counts as nothing. */
  public void record(long tookNanos) {
    long took = Math.max(0, tookNanos);
    int step = 0;
    while (step < STEPS.length && took > STEPS[step]) {
      step++;
    }
    counts[step].increment();
    nanos.add(took);
  }

  /** What was counted so far. */
  public Snapshot snapshot() {
    long[] read = new long[counts.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = counts[i].sum();
    }
    return new Snapshot(read, nanos.sum() / NANOS_PER_SECOND);
  }

  /**
   * What was counted up to a moment.
   *
   * @param counts of each step alone, in the order of {@link #upperSeconds}
   * @param sumSeconds of all that was counted
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, to be written out
  public record Snapshot(long[] counts, double sumSeconds) {
    public long count() {
      long all = 0;
      for (long count : counts) {
        all += count;
      }
      return all;
    }
  }

  /** Upper ends of the steps in seconds; the last is infinite. */
  public static double[] upperSeconds() {
    double[] ends = new double[STEPS.length + 1];
    for (int i = 0; i < STEPS.length; i++) {
      ends[i] = STEPS[i] / NANOS_PER_SECOND;
    }
    ends[STEPS.length] = Double.POSITIVE_INFINITY;
    return ends;
  }
}
