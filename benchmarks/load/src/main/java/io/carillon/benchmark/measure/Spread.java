package io.carillon.benchmark.measure;

import java.util.Arrays;

/**
 * The median of several runs, with the smallest and the largest. Immutable.
 *
 * @param relative the distance from smallest to largest as a share of the median; 0 for one run
 */
public record Spread(double median, double least, double most, double relative) {

  /**
   * Of at least one value.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values (expected: at least one)");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    double least = sorted[0];
    double most = sorted[sorted.length - 1];
    return new Spread(median, least, most, median == 0 ? 0 : (most - least) / median);
  }
}
