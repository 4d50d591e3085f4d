package io.carillon.core.metric;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one scrape. Confined to the thread that reads them. */
public final class Readings {
  private final Map<Metric, List<Sample>> byMetric = new EnumMap<>(Metric.class);

  /** Reads figures when they are asked for; must not block, and may be called by any thread. */
  @FunctionalInterface
  public interface Source {
    void read(Readings into);
  }

  /** A figure with the values of its metric's labels, in their order. */
  public sealed interface Sample {
    List<String> labels();
  }

  /** One number. */
  public record Figure(List<String> labels, double value) implements Sample {}

  /** A distribution. */
  public record Distribution(List<String> labels, Histogram.Snapshot snapshot) implements Sample {}

  /** Adds a count. */
  public void add(Metric metric, long value, String... labels) {
    add(metric, (double) value, labels);
  }

  /** Adds a number. */
  public void add(Metric metric, double value, String... labels) {
    put(metric, new Figure(List.of(labels), value));
  }

  /** Adds a distribution. */
  public void add(Metric metric, Histogram histogram, String... labels) {
    put(metric, new Distribution(List.of(labels), histogram.snapshot()));
  }

  /** The constant as a label has it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void put(Metric metric, Sample sample) {
    if (sample.labels().size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          metric + ": labels " + sample.labels() + " (expected: " + metric.labels() + ")");
    }
    byMetric.computeIfAbsent(metric, same -> new ArrayList<>()).add(sample);
  }

  /** All of them, in the order of the catalogue. */
  public Map<Metric, List<Sample>> all() {
    return byMetric;
  }
}
