package io.carillon.benchmark.scenario;

import io.carillon.benchmark.load.Churn;
import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.profile.Profile.Counting;
import io.carillon.benchmark.scenario.Meter.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Members come and go at a fixed rate, and all others are told, in whatever form the system tells
 * them: the data of who comes has the marker that is counted. Stateless.
 */
record PresenceChurn() implements Scenario {
  private static final int MEMBERS = 1_000;

  /** Connections that join and leave, one after the other, so that each stays for two seconds. */
  private static final int COMING = 100;

  /** Joins and leaves together. */
  private static final double PER_SECOND = 100;

  /** Whoever sees fewer of them has missed some. */
  private static final double TOLD_MIN = 0.95;

  /** What tells of a change is longer, and what asks for a sign of life is shorter. */
  private static final int CHANGE_BYTES_MIN = 40;

  @Override
  public String name() {
    return "presence";
  }

  @Override
  public String title() {
    return "Presence: 1,000 members who are told of each other, and 100 changes in a second";
  }

  @Override
  public boolean suits(Profile profile) {
    return profile.has("presence.join");
  }

  @Override
  public Figures run(Bench bench) {
    int members = bench.settings().scaled(MEMBERS);
    String prefix = bench.profile().text("presence.prefix");
    Topic topic = bench.topic(prefix, null);
    bench.load().count(Counting.MARKERS, CHANGE_BYTES_MIN);
    bench.load().subscribe(Collections.nCopies(members, topic), "present", Bench.OPENING);
    Topic coming = bench.load().topic(topic.channel(), null);
    bench.load().count(Counting.FRAMES, Integer.MAX_VALUE);
    bench.load().subscribe(Collections.nCopies(COMING, coming), "churn", Bench.OPENING);
    Churn churn = bench.load().churn(coming, PER_SECOND);
    Bench.pause(bench.settings().warmUpMillis());
    long joinsBefore = churn.joins();
    Meter meter = bench.meter();
    Bench.pause(bench.settings().millis());
    long joins = churn.joins() - joinsBefore;
    Span span = meter.lap();
    churn.stop();
    return figures(span, (double) joins * members);
  }

  private static Figures figures(Span span, double due) {
    double told = span.delivered() / due;
    List<String> marks = new ArrayList<>(span.marks());
    if (told < TOLD_MIN) {
      marks.add("members were told of %.0f %% of the joins".formatted(100 * told));
    }
    Map<Metric, Double> values = new LinkedHashMap<>();
    values.put(Metric.JOINS_PER_CPU_SECOND, span.delivered() / span.serverSeconds());
    values.put(Metric.JOINS_PER_SECOND, span.delivered() / span.seconds());
    values.put(Metric.TOLD, told);
    values.put(Metric.SERVER_CORES, span.serverSeconds() / span.seconds());
    values.put(Metric.LOAD_CORES, span.loadSeconds() / span.seconds());
    return new Figures(values, marks);
  }
}
