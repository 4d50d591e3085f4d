package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes as fast as all subscribers get it. Immutable.
 *
 * @param channels how many
 * @param subscribers of each channel
 * @param window messages under way in each channel; 0 for that of the settings
 * @param publishers who publishes
 */
record FanOut(
    String name, String title, int channels, int subscribers, int window, Publishers publishers)
    implements Scenario {

  /** Who publishes. */
  enum Publishers {
    /** A backend by HTTP; where a system knows no such thing, its clients. */
    BACKEND,
    /** The subscribers, one after the other, each of which gets its own messages too. */
    CLIENTS
  }

  @Override
  public boolean suits(Profile profile) {
    return profile.publishBySocket() != null
        || (publishers == Publishers.BACKEND && profile.publishByHttp() != null);
  }

  @Override
  public Figures run(Bench bench) {
    Settings settings = bench.settings();
    List<Topic> topics =
        bench.topics(
            channels == 1 ? 1 : settings.scaled(channels),
            publishers == Publishers.BACKEND ? bench.profile().publishByHttp() : null);
    bench.subscribe(topics, channels == 1 ? settings.scaled(subscribers) : subscribers);
    bench.publishers();
    bench.load().keepUnderWay(topics, window == 0 ? settings.window() : window, 1);
    Span span = bench.measured();
    bench.load().stop(topics);
    return figures(bench.profile(), span);
  }

  static Figures figures(Profile profile, Span span) {
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.DELIVERIES_PER_CPU_SECOND, span.delivered() / span.serverSeconds());
    if (profile.number("nodes", 1) > 1) {
      values.put(Metric.DELIVERIES_PER_EDGE_SECOND, span.delivered() / span.nodeSeconds());
    }
    values.put(Metric.DELIVERIES_PER_SECOND, span.delivered() / span.seconds());
    values.put(Metric.SERVER_CORES, span.serverSeconds() / span.seconds());
    values.put(Metric.LOAD_CORES, span.loadSeconds() / span.seconds());
    return new Figures(values, span.marks());
  }
}
