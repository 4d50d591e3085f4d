package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All clients come back at once, and each is given what it missed. Stateless. */
record ResumeStorm() implements Scenario {
  private static final int CLIENTS = 5_000;
  private static final int MISSED = 100;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final int PAUSE_MILLIS = 5;

  @Override
  public String name() {
    return "resume";
  }

  @Override
  public String title() {
    return "5,000 clients that come back at once and are each given the 100 messages they missed";
  }

  @Override
  public boolean suits(Profile profile) {
    return !profile.steps("resume").isEmpty() && profile.publishByHttp() != null;
  }

  @Override
  public Figures run(Bench bench) {
    int clients = bench.settings().scaled(CLIENTS);
    Topic topic = bench.topic(bench.profile().publishByHttp());
    // the first one learns where the channel stands before anything is missed
    bench.subscribe(topic, 1);
    bench.publishers();
    bench.load().publish(topic, MISSED);
    awaitDelivered(bench, MISSED);
    bench.load().countMarkers(); // what was missed may come in one frame
    Meter meter = bench.meter();
    bench.load().subscribe(Collections.nCopies(clients, topic), "resume", Bench.OPENING);
    awaitDelivered(bench, MISSED + (long) clients * MISSED);
    Span span = meter.lap();
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.CONNECTIONS_PER_CPU_SECOND, clients / span.serverSeconds());
    values.put(Metric.SECONDS, span.seconds());
    values.put(Metric.DELIVERIES_PER_SECOND, span.delivered() / span.seconds());
    values.put(Metric.SERVER_CORES, span.serverSeconds() / span.seconds());
    values.put(Metric.LOAD_CORES, span.loadSeconds() / span.seconds());
    return new Figures(values, span.marks());
  }

  private static void awaitDelivered(Bench bench, long messages) {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (bench.load().counters().delivered() < messages) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            bench.load().counters() + " (expected: " + messages + " delivered)");
      }
      Bench.pause(PAUSE_MILLIS);
    }
  }
}
