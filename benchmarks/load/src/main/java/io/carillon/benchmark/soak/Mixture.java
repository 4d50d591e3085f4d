package io.carillon.benchmark.soak;

import io.carillon.benchmark.load.Churn;
import io.carillon.benchmark.load.Load;
import io.carillon.benchmark.load.Pace;
import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Bench;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The load of one protocol: channels with steady subscribers, members who come and go, and clients
 * who come to channels that nobody used before, stay a while and drop their connections. Confined
 * to the thread that calls {@link #step}.
 */
final class Mixture implements AutoCloseable {
  private static final int TOPICS = 10;
  private static final int SUBSCRIBERS = 20;
  private static final double PER_SECOND = 10;
  private static final int MEMBERS = 30;
  private static final double CHANGES_PER_SECOND = 10;

  /** Clients who come in one step. */
  private static final int COMING = 10;

  /** Steps for which they stay. */
  private static final int STEPS = 5;

  private static final int MESSAGES = 5;

  private final Bench bench;
  private final List<Pace> paces = new ArrayList<>();
  private final Churn churn;
  private final Deque<Topic> guests = new ArrayDeque<>();
  private long dropped;

  Mixture(Bench bench) {
    this.bench = bench;
    Profile profile = bench.profile();
    bench.publishers();
    for (int i = 0; i < TOPICS; i++) {
      steady(bench.topic(profile.publishByHttp()));
    }
    steady(bench.load().topic(profile.text("kept.prefix") + "k", profile.publishByHttp()));
    String name = profile.text("presence.prefix") + "room";
    Load load = bench.load();
    load.subscribe(Collections.nCopies(MEMBERS, load.topic(name, null)), "present", MEMBERS);
    Topic coming = load.topic(name, null);
    load.subscribe(Collections.nCopies(MEMBERS, coming), "churn", MEMBERS);
    churn = load.churn(coming, CHANGES_PER_SECOND);
  }

  private void steady(Topic topic) {
    bench.subscribe(topic, SUBSCRIBERS);
    paces.add(bench.load().pace(topic, PER_SECOND));
  }

  /** Some come to a new channel, get messages there, and those who came first are gone. */
  void step() {
    Topic topic = bench.topic(bench.profile().publishByHttp());
    bench.subscribe(topic, COMING);
    guests.add(topic);
    bench.load().publish(topic, MESSAGES);
    if (guests.size() > STEPS) {
      bench.load().cut(List.of(guests.remove()));
      dropped += COMING;
    }
  }

  long dropped() {
    return dropped;
  }

  Load load() {
    return bench.load();
  }

  @Override
  public void close() {
    paces.forEach(Pace::stop);
    churn.stop();
  }
}
