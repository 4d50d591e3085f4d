package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.profile.Profile.Request;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes by HTTP as fast as it is answered, to one subscriber. Immutable. */
record Requests(String name, String title, Kind kind) implements Scenario {

  /** A disk takes milliseconds for a commit, and as many rows as wait for it. */
  private static final int KEPT_CONNECTIONS = 256;

  /** What a request is for. */
  enum Kind {
    /** One message, kept in memory. */
    HOT,
    /** One message, on disk before the answer. */
    KEPT,
    /** Several messages. */
    BATCH
  }

  @Override
  public boolean suits(Profile profile) {
    return request(profile) != null && (kind != Kind.KEPT || profile.has("kept.prefix"));
  }

  private @Nullable Request request(Profile profile) {
    return kind == Kind.BATCH ? profile.publishBatch() : profile.publishByHttp();
  }

  @Override
  public Figures run(Bench bench) {
    Profile profile = bench.profile();
    String prefix = profile.text(kind == Kind.KEPT ? "kept.prefix" : "channel.prefix");
    Topic topic = bench.topic(prefix, request(profile));
    bench.subscribe(topic, 1);
    bench.publishers(kind == Kind.KEPT ? KEPT_CONNECTIONS : Bench.PUBLISHERS);
    bench.load().flood(topic);
    Span span = bench.measured();
    bench.load().flood(null);
    int size = kind == Kind.BATCH ? profile.batchSize() : 1;
    Map<Metric, Double> values = new LinkedHashMap<>();
    if (size > 1) {
      values.put(Metric.MESSAGES_PER_CPU_SECOND, span.accepted() * size / span.serverSeconds());
      values.put(Metric.MESSAGES_PER_SECOND, span.accepted() * size / span.seconds());
    }
    values.put(Metric.REQUESTS_PER_CPU_SECOND, span.accepted() / span.serverSeconds());
    values.put(Metric.REQUESTS_PER_SECOND, span.accepted() / span.seconds());
    values.put(Metric.DELIVERIES_PER_SECOND, span.delivered() / span.seconds());
    values.put(Metric.SERVER_CORES, span.serverSeconds() / span.seconds());
    values.put(Metric.LOAD_CORES, span.loadSeconds() / span.seconds());
    return new Figures(values, span.marks());
  }
}
