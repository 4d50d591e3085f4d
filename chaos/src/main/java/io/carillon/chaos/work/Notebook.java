package io.carillon.chaos.work;

import io.carillon.chaos.check.Acked;
import io.carillon.chaos.check.Heard;
import io.carillon.chaos.check.Heard.Delivered;
import io.carillon.chaos.check.Journal;
import io.carillon.chaos.check.Violation;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.client.PublishResult;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients of one cell write down. Thread-safe. */
public final class Notebook {
  /** More of them say nothing new. */
  private static final int VIOLATIONS_MAX = 200;

  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final Queue<Acked> acked = new ConcurrentLinkedQueue<>();
  private final List<Journal> journals = new CopyOnWriteArrayList<>();
  private final Queue<Violation> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /** The first try of this message. */
  void begin(String id, long nanos) {
    begun.put(id, nanos);
  }

  void ack(String channel, PublishResult result, boolean repeat) {
    long now = System.nanoTime();
    Acked.Span span = new Acked.Span(begun.getOrDefault(result.id(), now), now);
    acked.add(new Acked(channel, result.id(), result.position(), span, repeat));
  }

  void retry() {
    retries.incrementAndGet();
  }

  void fail(String id, String why) {
    failures.incrementAndGet();
    violate(Promise.PUBLISHES_SUCCEED, id + ": " + why);
  }

  public void violate(Promise promise, String detail) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(new Violation(promise, detail));
    }
  }

  Journal journal(String subscriber, String channel) {
    Journal journal = new Journal(subscriber, channel);
    journals.add(journal);
    return journal;
  }

  public Set<String> published() {
    return Set.copyOf(begun.keySet());
  }

  public List<Acked> acked() {
    return List.copyOf(acked);
  }

  public List<Journal> journals() {
    return List.copyOf(journals);
  }

  /** What was found while the cell ran. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** Tries that had to be repeated. */
  public int retries() {
    return retries.get();
  }

  /** Publishes that were given up. */
  public int failures() {
    return failures.get();
  }

  /**
   * When the subscriber first got a message on the channel that was sent after a moment.
   *
   * @return by the suite's clock; -1 when it has none
   */
  long firstSentAfter(Journal journal, long nanos) {
    for (Heard heard : journal.heard()) {
      if (heard instanceof Delivered delivered
          && begun.getOrDefault(delivered.id(), Long.MIN_VALUE) - nanos >= 0) {
        return delivered.nanos();
      }
    }
    return -1;
  }
}
