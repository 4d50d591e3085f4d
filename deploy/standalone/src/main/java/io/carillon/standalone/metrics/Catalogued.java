package io.carillon.standalone.metrics;

import io.carillon.core.metric.Metric;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue's names as the library has them: without what it adds by itself. Immutable. */
final class Catalogued {
  private static final Set<String> NAMES =
      Arrays.stream(Metric.values())
          .map(Catalogued::nameOf)
          .collect(Collectors.toUnmodifiableSet());

  private Catalogued() {}

  static String nameOf(Metric metric) {
    String name = metric.metricName();
    return switch (metric.type()) {
      case COUNTER -> name.substring(0, name.length() - "_total".length());
      case INFO -> name.substring(0, name.length() - "_info".length());
      case GAUGE, HISTOGRAM, SUMMARY -> name;
    };
  }

  /** Whether the catalogue has it: what it has not is not served. */
  static boolean has(String name) {
    return NAMES.contains(name);
  }
}
