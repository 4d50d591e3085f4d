package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Few connections with many subscriptions: how fast they are made, what each holds, and how fast
 * messages pass when they are there. Immutable.
 *
 * @param channels of each connection
 */
record Subscriptions(String name, String title, int connections, int channels, Names names)
    implements Scenario {

  /** Whose channels they are. */
  enum Names {
    /** All connections have the same ones. */
    SHARED,
    /** Each connection has its own. */
    OWN
  }

  /** Made before the first measurement on channels of their own, so that all code is loaded. */
  private static final int WARM_UP = 5_000;

  /** Messages under way on the channels of each connection. */
  private static final int WINDOW = 5;

  @Override
  public boolean suits(Profile profile) {
    return profile.has("more.send") && profile.publishByHttp() != null;
  }

  @Override
  public Figures run(Bench bench) {
    warmUp(bench);
    long empty = bench.resident();
    List<Topic> topics = topics(bench);
    int each = bench.settings().scaled(channels);
    Meter meter = bench.meter();
    topics.forEach(topic -> bench.subscribe(topic, 1));
    bench.load().subscribeToAll(topics);
    Span subscribing = meter.lap();
    double subscriptions = (double) topics.size() * each;
    double bytes = (bench.resident() - empty) / subscriptions;
    bench.publishers();
    bench.load().keepUnderWay(topics, WINDOW, 1);
    Span publishing = bench.measured();
    bench.load().stop(topics);
    List<String> marks = new ArrayList<>(subscribing.marks());
    marks.addAll(publishing.marks());
    return new Figures(values(subscriptions, bytes, subscribing, publishing), List.copyOf(marks));
  }

  private static void warmUp(Bench bench) {
    int number = bench.settings().scaled(WARM_UP);
    Topic first = bench.topicOf(bench.names(0, number), null);
    bench.subscribe(first, 1);
    bench.load().subscribeToAll(List.of(first));
    bench.load().cut(List.of(first));
  }

  private List<Topic> topics(Bench bench) {
    int each = bench.settings().scaled(channels);
    int first = bench.settings().scaled(WARM_UP);
    List<Topic> topics = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      List<String> own = bench.names(names == Names.OWN ? first + i * each : first, each);
      topics.add(bench.topicOf(own, bench.profile().publishByHttp()));
    }
    return topics;
  }

  private Map<Metric, Double> values(
      double subscriptions, double bytes, Span subscribing, Span publishing) {
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(
        names == Names.OWN ? Metric.BYTES_PER_CHANNEL : Metric.BYTES_PER_SUBSCRIPTION, bytes);
    values.put(Metric.SUBSCRIPTIONS_PER_CPU_SECOND, subscriptions / subscribing.serverSeconds());
    values.put(Metric.SUBSCRIPTIONS_PER_SECOND, subscriptions / subscribing.seconds());
    values.put(
        Metric.DELIVERIES_PER_CPU_SECOND, publishing.delivered() / publishing.serverSeconds());
    values.put(Metric.DELIVERIES_PER_SECOND, publishing.delivered() / publishing.seconds());
    values.put(Metric.SERVER_CORES, publishing.serverSeconds() / publishing.seconds());
    values.put(Metric.LOAD_CORES, publishing.loadSeconds() / publishing.seconds());
    return values;
  }
}
