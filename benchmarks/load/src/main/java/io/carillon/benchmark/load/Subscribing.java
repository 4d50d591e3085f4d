package io.carillon.benchmark.load;

import io.carillon.benchmark.profile.Template;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Subscribes open connections to further channels, a bounded number of requests under way on each.
 * Confined to the load's event loop.
 */
final class Subscribing {
  /** On one connection. */
  private static final int UNDER_WAY = 50;

  private final List<Topic> topics;
  private final CompletableFuture<Void> done;
  private long unanswered;

  Subscribing(List<Topic> topics, CompletableFuture<Void> done) {
    this.topics = topics;
    this.done = done;
  }

  void begin() {
    for (Topic topic : topics) {
      unanswered += (long) topic.members().size() * (topic.targets().size() - 1);
    }
    if (unanswered == 0) {
      done.complete(null);
    }
    topics.forEach(topic -> topic.members().forEach(member -> begin(topic, member)));
  }

  private void begin(Topic topic, Member member) {
    ArrayDeque<Topic.Target> waiting = new ArrayDeque<>(topic.targets());
    waiting.removeFirst(); // the connection was opened with it
    member.onMore(() -> answered(topic, member, waiting));
    for (int i = 0; i < UNDER_WAY; i++) {
      ask(topic, member, waiting);
    }
  }

  private static void ask(Topic topic, Member member, ArrayDeque<Topic.Target> waiting) {
    Topic.Target next = waiting.pollFirst();
    if (next != null) {
      Template more = topic.load().more();
      member.publish(member.bound(more, next.channel()), topic.load().now());
    }
  }

  private void answered(Topic topic, Member member, ArrayDeque<Topic.Target> waiting) {
    ask(topic, member, waiting);
    if (--unanswered == 0) {
      done.complete(null);
    }
  }
}
