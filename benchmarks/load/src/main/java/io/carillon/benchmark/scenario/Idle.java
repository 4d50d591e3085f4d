package io.carillon.benchmark.scenario;

import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a connection costs that is subscribed and silent. Stateless. */
record Idle() implements Scenario {
  private static final int CONNECTIONS = 10_000;
  private static final int CHANNELS = 100;

  /**
   * Connections that stay open from before the first measurement. As many at a time come and go
   * before that, so that code that is loaded and compiled, and a heap that was used once, are not
   * taken for what a connection costs.
   */
  private static final int FIRST = 200;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String title() {
    return "10,000 idle connections, each subscribed to one of 100 channels: memory beyond the server"
        + " with 200";
  }

  @Override
  public boolean suits(Profile profile) {
    return true;
  }

  @Override
  public Figures run(Bench bench) {
    int each = Math.max(1, bench.settings().scaled(CONNECTIONS) / CHANNELS);
    bench.waves(bench.topics(CHANNELS, null), FIRST / CHANNELS);
    bench.subscribe(bench.topics(CHANNELS, null), FIRST / CHANNELS);
    long empty = bench.resident();
    Meter meter = bench.meter();
    bench.subscribe(bench.topics(CHANNELS, null), each);
    Span opening = meter.lap();
    long full = bench.resident();
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.BYTES_PER_CONNECTION, (double) (full - empty) / (each * CHANNELS));
    values.put(Metric.BYTES_EMPTY, (double) empty);
    values.put(Metric.CONNECTIONS_PER_SECOND, each * CHANNELS / opening.seconds());
    return new Figures(values, opening.marks());
  }
}
