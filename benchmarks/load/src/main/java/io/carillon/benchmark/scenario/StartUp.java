package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long a system that was started before takes until it delivers a message. Stateless. */
record StartUp() implements Scenario {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int PAUSE_MILLIS = 2;

  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public String title() {
    return "From the start of the processes, on data that is there already, to the first delivered"
        + " message";
  }

  @Override
  public boolean suits(Profile profile) {
    return profile.publishBySocket() != null || profile.publishByHttp() != null;
  }

  @Override
  public Figures run(Bench bench) {
    long begin = bench.system().restart();
    Topic topic = bench.topic(bench.profile().publishByHttp());
    bench.subscribe(topic, 1);
    bench.publishers();
    bench.load().keepUnderWay(List.of(topic), 1, 1);
    while (bench.load().counters().delivered() == 0) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IllegalStateException("nothing delivered: " + bench.load().counters());
      }
      Bench.pause(PAUSE_MILLIS);
    }
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.SECONDS, (System.nanoTime() - begin) / 1e9);
    return new Figures(values, List.of());
  }
}
