package io.carillon.benchmark.measure;

/**
 * What a server tells Prometheus at one moment. Immutable.
 *
 * @param text in Prometheus' text format
 */
public record MetricsPage(String text) {
  /**
   * The sum of a metric's values.
   *
   * @param name the metric's for all of its label sets, or with the labels of one as the page has
   *     it
   */
  public double sum(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
