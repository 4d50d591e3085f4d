package io.carillon.benchmark.measure;

/**
 * A histogram of durations with a relative error below 1/64; recording allocates nothing. Confined
 * to one thread at a time.
 */
public final class Latencies {
  private static final int SUB_BITS = 6;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;
  private static final int MAGNITUDES = 64 - SUB_BITS;

  private final long[] counts = new long[MAGNITUDES * SUB_BUCKETS];
  private long total;
  private long max;

  /** Records a duration in nanoseconds; a negative one counts as none. */
  public void record(long nanos) {
    long value = Math.max(0, nanos);
    counts[bucketOf(value)]++;
    total++;
    max = Math.max(max, value);
  }

  public long total() {
    return total;
  }

  /** The longest one in nanoseconds, exactly; 0 when there is none. */
  public long max() {
    return max;
  }

  /**
   * The duration in nanoseconds that this share of all does not exceed.
   *
   * @param share above 0, up to 1
   */
  public long quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && counts[i] > 0) {
        return Math.min(max, highestIn(i));
      }
    }
    return max;
  }

  public void clear() {
    java.util.Arrays.fill(counts, 0);
    total = 0;
    max = 0;
  }

  private static int bucketOf(long value) {
    int magnitude = Math.max(0, 64 - SUB_BITS - Long.numberOfLeadingZeros(value));
    int sub = (int) (value >>> magnitude);
    return (magnitude << SUB_BITS) + sub;
  }

  private static long highestIn(int bucket) {
    int magnitude = bucket >>> SUB_BITS;
    long sub = bucket & (SUB_BUCKETS - 1);
    return ((sub + 1) << magnitude) - 1;
  }
}
