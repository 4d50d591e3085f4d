package io.carillon.chaos.check;

import io.carillon.chaos.check.Heard.Delivered;
import io.carillon.chaos.check.Heard.Missed;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.client.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history of a cell that is made up by hand. Confined to its test. */
final class Story {
  static final String HOT = "hot:1";
  static final String KEPT = "kept:1";

  private final Set<String> published = new HashSet<>();
  private final List<Acked> acked = new ArrayList<>();
  private final Map<String, Journal> journals = new HashMap<>();
  private final List<Past> histories = new ArrayList<>();
  private boolean logLost;
  private long clock;

  /** A message from its first try to its acknowledgement, after all before. */
  Story publish(String channel, String id, String at) {
    long begun = ++clock;
    return publish(channel, id, at, new Acked.Span(begun, ++clock));
  }

  Story publish(String channel, String id, String at, Acked.Span span) {
    published.add(id);
    acked.add(new Acked(channel, id, Position.parse(at), span, false));
    return this;
  }

  /** What was acknowledged is sent again. */
  Story repeat(String channel, String id, String at) {
    acked.add(new Acked(channel, id, Position.parse(at), new Acked.Span(1, ++clock), true));
    return this;
  }

  Story hear(String subscriber, String channel, String id, String at) {
    journal(subscriber, channel).add(new Delivered(Position.parse(at), id, ++clock));
    return this;
  }

  Story miss(String subscriber, String channel, String from, String to) {
    journal(subscriber, channel)
        .add(new Missed(Position.parse(from), Position.parse(to), "epoch", ++clock));
    return this;
  }

  /** Somebody who is subscribed and hears nothing yet. */
  Journal journal(String subscriber, String channel) {
    return journals.computeIfAbsent(
        subscriber + channel, absent -> new Journal(subscriber, channel));
  }

  /**
   * What history tells.
   *
   * @param entries positions and ids in turn
   */
  Story past(String channel, String... entries) {
    List<Past.Entry> all = new ArrayList<>();
    for (int i = 0; i < entries.length; i += 2) {
      all.add(new Past.Entry(Position.parse(entries[i]), entries[i + 1]));
    }
    histories.add(new Past(channel, all, true));
    return this;
  }

  Story loseLog() {
    logLost = true;
    return this;
  }

  /** Which promises the checker finds broken, each once. */
  Set<Promise> broken() {
    Evidence evidence =
        new Evidence(
            Set.of(KEPT), published, acked, List.copyOf(journals.values()), histories, logLost);
    Set<Promise> promises = new HashSet<>();
    Checker.violations(evidence).forEach(violation -> promises.add(violation.promise()));
    return promises;
  }
}
