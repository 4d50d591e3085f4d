package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Load;
import io.carillon.benchmark.load.Pace;
import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.measure.Latencies;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a tenant notices of another one that publishes far beyond its limit: the age of its messages
 * before and meanwhile, in one run. Immutable.
 */
record Flood() implements Scenario {
  private static final int SUBSCRIBERS = 500;
  private static final double NEIGHBOUR_PER_SECOND = 50;

  /** Twenty times what the profile allows the other tenant. */
  private static final double FLOOD_PER_SECOND = 2_000;

  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public String title() {
    return "A tenant with 500 subscribers and 50 messages a second, beside one that publishes 2,000 a"
        + " second of the 100 that it may";
  }

  @Override
  public boolean suits(Profile profile) {
    return profile.has("flood.app") && profile.publishByHttp() != null;
  }

  @Override
  public Figures run(Bench bench) {
    int subscribers = bench.settings().scaled(SUBSCRIBERS);
    Topic topic = bench.topic(bench.profile().publishByHttp());
    bench.subscribe(topic, subscribers);
    bench.publishers();
    try (Load flooder = bench.loadOf("flood.")) {
      flooder.publishers(Bench.PUBLISHERS);
      Topic flooded = flooder.topic("flooded", bench.profile().publishByHttp());
      Latencies latencies = new Latencies();
      bench.load().record(latencies, 1);
      Pace calm = bench.load().pace(topic, NEIGHBOUR_PER_SECOND);
      Span before = aged(bench, latencies);
      double p99 = latencies.quantile(0.99) / NANOS_PER_MILLI;
      Pace flood = flooder.pace(flooded, FLOOD_PER_SECOND);
      long accepted = flooder.counters().accepted();
      long refused = flooder.counters().refused();
      long began = System.nanoTime();
      Span during = aged(bench, latencies);
      double seconds = (System.nanoTime() - began) / 1e9;
      flood.stop();
      calm.stop();
      Map<Metric, Double> values = new LinkedHashMap<>();
      double beside = latencies.quantile(0.99) / NANOS_PER_MILLI;
      values.put(Metric.P99_BESIDE, beside);
      values.put(Metric.P99_BEFORE, p99);
      values.put(Metric.P99_RATIO, beside / p99);
      values.put(Metric.REFUSED_PER_SECOND, (flooder.counters().refused() - refused) / seconds);
      values.put(Metric.REQUESTS_PER_SECOND, (flooder.counters().accepted() - accepted) / seconds);
      values.put(Metric.DELIVERIES_PER_SECOND, during.delivered() / during.seconds());
      values.put(Metric.SERVER_CORES, during.serverSeconds() / during.seconds());
      List<String> marks = new ArrayList<>(before.marks());
      marks.addAll(during.marks());
      return new Figures(values, marks);
    }
  }

  /** A warm-up, then the time that counts. */
  private static Span aged(Bench bench, Latencies latencies) {
    Bench.pause(bench.settings().warmUpMillis());
    bench.load().clear(latencies);
    Meter meter = bench.meter();
    Bench.pause(bench.settings().millis());
    return meter.lap();
  }
}
