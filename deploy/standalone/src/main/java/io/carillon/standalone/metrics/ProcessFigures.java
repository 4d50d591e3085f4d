package io.carillon.standalone.metrics;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.metric.HttpCounters;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import java.util.stream.Collectors;

/** What there is of every process: its node, its requests, its version. Thread-safe. */
record ProcessFigures(CarillonConfig config, Node node, HttpCounters requests)
    implements Readings.Source {

  @Override
  public void read(Readings into) {
    node.read(into);
    node.webhooks().read(into);
    requests.read(into);
    String roles =
        config.server().roles().stream()
            .map(Readings::word)
            .sorted()
            .collect(Collectors.joining(","));
    into.add(Metric.BUILD_INFO, 1, version(), roles);
  }

  /** As the jar says it; what is run from classes has none. */
  private static String version() {
    String version = ProcessFigures.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
