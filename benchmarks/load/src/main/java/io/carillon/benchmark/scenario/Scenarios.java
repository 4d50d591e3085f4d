package io.carillon.benchmark.scenario;

import io.carillon.benchmark.scenario.FanOut.Publishers;
import io.carillon.benchmark.scenario.Subscriptions.Names;
import java.util.ArrayList;
import java.util.List;

/** All scenarios. Stateless. */
public final class Scenarios {
  private Scenarios() {}

  /** What is measured unless something else is asked for, in the order of the report. */
  public static List<Scenario> all() {
    return List.of(
        new FanOut(
            "fanout",
            "Saturated fan-out: one channel, 1,000 subscribers, 32 messages under way",
            1,
            1_000,
            0,
            Publishers.BACKEND),
        new FanOut(
            "single",
            "Unbatched fan-out: one channel, 1,000 subscribers, one message under way",
            1,
            1_000,
            1,
            Publishers.BACKEND),
        new FanOut(
            "channels",
            "1,000 channels of 5 subscribers, one message under way in each",
            1_000,
            5,
            1,
            Publishers.BACKEND),
        new FanOut(
            "rooms",
            "100 rooms of 50 clients that publish on their sockets and get their own messages, one of"
                + " each under way",
            100,
            50,
            50,
            Publishers.CLIENTS),
        new Delay(
            "latency",
            "Latency to 5,000 subscribers of a channel, at half of the system's own saturation",
            0),
        new Delay(
            "latency-even",
            "Latency to 5,000 subscribers of a channel, at 10 messages a second",
            10),
        new Idle(),
        new Storm(),
        new Requests(
            "rest", "Publishes by HTTP, one message each, one subscriber", Requests.Kind.HOT),
        new Requests(
            "rest-kept",
            "Publishes by HTTP that are on disk before the answer, one subscriber",
            Requests.Kind.KEPT),
        new Requests(
            "rest-batch", "Publishes by HTTP in batches, one subscriber", Requests.Kind.BATCH),
        new ResumeStorm(),
        new PresenceChurn(),
        new StartUp());
  }

  /** How costs grow, each step by its name: only when it is asked for. */
  public static List<Scenario> growth() {
    List<Scenario> steps = new ArrayList<>();
    for (int subscribers : new int[] {10, 100, 1_000, 10_000}) {
      steps.add(
          new FanOut(
              "subscribers-" + subscribers,
              "One channel, %,d subscribers, one message under way".formatted(subscribers),
              1,
              subscribers,
              1,
              Publishers.BACKEND));
    }
    for (int channels : new int[] {10, 100, 1_000, 5_000}) {
      steps.add(
          new FanOut(
              "channels-" + channels,
              "%,d channels of 2 subscribers, one message under way in each".formatted(channels),
              channels,
              2,
              1,
              Publishers.BACKEND));
    }
    steps.add(
        new FanOut(
            "rooms-calm",
            "100 rooms of 50 clients that publish on their sockets and get their own messages, one"
                + " under way in each room",
            100,
            50,
            1,
            Publishers.CLIENTS));
    steps.add(
        new Subscriptions(
            "subscriptions",
            "100 connections with subscriptions to the same 1,000 channels: memory of a subscription,"
                + " then 5 messages under way for each connection's channels",
            100,
            1_000,
            Names.SHARED));
    for (int thousands : new int[] {10, 100}) {
      steps.add(
          new Subscriptions(
              "channels-" + thousands * 1_000,
              "%d,000 channels of one subscriber, on 20 connections: memory of a channel, then 5"
                      .formatted(thousands)
                  + " messages under way on each connection",
              20,
              thousands * 50,
              Names.OWN));
    }
    steps.add(new Flood());
    return List.copyOf(steps);
  }
}
