package io.carillon.benchmark.soak;

import io.carillon.benchmark.soak.Sample.Quantity;
import java.util.List;

/**
 * The straight line through samples, by least squares. Immutable.
 *
 * @param mean of the values
 * @param perHour by how much they grow
 * @param hours from the first sample to the last
 */
record Trend(double mean, double perHour, double hours) {
  /**
   * The line.
   *
   * @param samples two or more
   */
  static Trend of(List<Sample> samples, Quantity quantity) {
    double time = samples.stream().mapToDouble(Sample::minute).average().orElseThrow() / 60;
    double mean =
        samples.stream().mapToDouble(sample -> sample.of(quantity)).average().orElseThrow();
    double over = 0;
    double under = 0;
    for (Sample sample : samples) {
      double distance = sample.minute() / 60 - time;
      over += distance * (sample.of(quantity) - mean);
      under += distance * distance;
    }
    double hours = (samples.getLast().minute() - samples.getFirst().minute()) / 60;
    return new Trend(mean, under == 0 ? 0 : over / under, hours);
  }

  /** By how much the line grows from its first sample to its last. */
  double growth() {
    return perHour * hours;
  }

  /** Whether it does not grow, as far as what is normal for the quantity lets one tell. */
  boolean isFlat(Quantity quantity) {
    return growth() <= Math.max(quantity.shareMax * mean, quantity.growthMax);
  }
}
