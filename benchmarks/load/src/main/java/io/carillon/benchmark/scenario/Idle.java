package io.carillon.benchmark.scenario;

import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a connection costs that is subscribed and silent. Stateless. */
record Idle() implements Scenario {
  private static final int CONNECTIONS = 10_000;
  private static final int CHANNELS = 100;

  /** Connections that stay open from before the first measurement, so that all code is loaded. */
  private static final int FIRST = 200;

  /** After a collection memory is given back in the background. */
  private static final int SETTLE_MILLIS = 1_000;

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
    bench.subscribe(bench.topics(CHANNELS, null), FIRST / CHANNELS);
    long empty = resident(bench);
    Meter meter = bench.meter();
    bench.subscribe(bench.topics(CHANNELS, null), each);
    Span opening = meter.lap();
    long full = resident(bench);
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.BYTES_PER_CONNECTION, (double) (full - empty) / (each * CHANNELS));
    values.put(Metric.BYTES_EMPTY, (double) empty);
    values.put(Metric.CONNECTIONS_PER_SECOND, each * CHANNELS / opening.seconds());
    return new Figures(values, opening.marks());
  }

  private static long resident(Bench bench) {
    Bench.pause(SETTLE_MILLIS);
    bench.system().collectGarbage();
    Bench.pause(SETTLE_MILLIS);
    bench.system().collectGarbage();
    return ProcFiles.proportionalBytes(bench.system().processes());
  }
}
