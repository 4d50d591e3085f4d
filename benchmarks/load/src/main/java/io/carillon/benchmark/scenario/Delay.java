package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Pace;
import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.measure.Latencies;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How old messages are that arrive: at half of the rate that the system can keep up at all, or at
 * the same rate for every system. Immutable.
 *
 * @param fixedRate messages in a second; 0 for half of the saturation
 */
record Delay(String name, String title, double fixedRate) implements Scenario {
  private static final int SUBSCRIBERS = 5_000;

  /** So many subscribers look at the time of their messages, spread over all. */
  private static final int OBSERVERS = 250;

  private static final double SHARE = 0.5;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public boolean suits(Profile profile) {
    return profile.publishBySocket() != null || profile.publishByHttp() != null;
  }

  @Override
  public Figures run(Bench bench) {
    int subscribers = bench.settings().scaled(SUBSCRIBERS);
    Topic topic = bench.topic(bench.profile().publishByHttp());
    bench.subscribe(topic, subscribers);
    bench.publishers();
    double rate = fixedRate > 0 ? fixedRate : SHARE * saturation(bench, topic) / subscribers;
    Latencies latencies = new Latencies();
    bench.load().record(latencies, Math.max(1, subscribers / OBSERVERS));
    Pace pace = bench.load().pace(topic, rate);
    Bench.pause(bench.settings().warmUpMillis());
    bench.load().clear(latencies);
    Meter meter = bench.meter();
    Bench.pause(bench.settings().millis());
    Span span = meter.lap();
    pace.stop();
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.P99, latencies.quantile(0.99) / NANOS_PER_MILLI);
    values.put(Metric.P50, latencies.quantile(0.5) / NANOS_PER_MILLI);
    values.put(Metric.LONGEST, latencies.max() / NANOS_PER_MILLI);
    values.put(Metric.RATE, rate);
    values.put(Metric.DELIVERIES_PER_SECOND, span.delivered() / span.seconds());
    values.put(Metric.SERVER_CORES, span.serverSeconds() / span.seconds());
    values.put(Metric.LOAD_CORES, span.loadSeconds() / span.seconds());
    return new Figures(values, span.marks());
  }

  /** Deliveries in a second. */
  private static double saturation(Bench bench, Topic topic) {
    bench.load().keepUnderWay(List.of(topic), bench.settings().window(), 1);
    Span saturated = bench.measured();
    bench.load().stop(List.of(topic));
    bench.load().giveUp(List.of(topic));
    return saturated.delivered() / saturated.seconds();
  }
}
