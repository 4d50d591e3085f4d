package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connects, authenticates and subscribes as fast as the system takes it. Stateless. */
record Storm() implements Scenario {
  private static final int CONNECTIONS = 10_000;
  private static final int CHANNELS = 100;

  /** So many come and go at once while the system warms up. */
  private static final int WAVE = 2_000;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String title() {
    return "10,000 connections that authenticate and subscribe, 64 at a time";
  }

  @Override
  public boolean suits(Profile profile) {
    return true;
  }

  @Override
  public Figures run(Bench bench) {
    List<Topic> topics = bench.topics(CHANNELS, null);
    bench.waves(topics, Math.max(1, bench.settings().scaled(WAVE) / CHANNELS));
    int each = Math.max(1, bench.settings().scaled(CONNECTIONS) / CHANNELS);
    Meter meter = bench.meter();
    bench.subscribe(topics, each);
    Span span = meter.lap();
    int connections = each * CHANNELS;
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.CONNECTIONS_PER_CPU_SECOND, connections / span.serverSeconds());
    values.put(Metric.CONNECTIONS_PER_SECOND, connections / span.seconds());
    values.put(Metric.SERVER_CORES, span.serverSeconds() / span.seconds());
    values.put(Metric.LOAD_CORES, span.loadSeconds() / span.seconds());
    return new Figures(values, span.marks());
  }
}
