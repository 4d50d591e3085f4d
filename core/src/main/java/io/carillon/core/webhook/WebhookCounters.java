package io.carillon.core.webhook;

import io.carillon.core.metric.Histogram;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.carillon.core.metric.Tallies;
import io.carillon.core.webhook.WebhookOutbox.Backlog;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What a node counts of webhooks for its operator. Thread-safe. */
final class WebhookCounters {
  private final Tallies<Outcome> calls = new Tallies<>();
  private final Histogram durations = new Histogram();
  private final LongAdder dropped = new LongAdder();
  private volatile Backlog backlog = Backlog.NONE;

  /** What became of a call. */
  private enum Outcome {
    DELIVERED,
    REFUSED,
    UNREACHABLE
  }

  void called(WebhookAttempt.Result result) {
    Outcome failed = result.status() == 0 ? Outcome.UNREACHABLE : Outcome.REFUSED;
    calls.add(result.isAccepted() ? Outcome.DELIVERED : failed);
    durations.record(TimeUnit.MILLISECONDS.toNanos(result.millis()));
  }

  void dropped() {
    dropped.increment();
  }

  void setBacklog(Backlog looked) {
    backlog = looked;
  }

  void read(Readings into, int intake, long nowMillis) {
    Backlog known = backlog;
    long age = known.events() == 0 ? 0 : Math.max(0, nowMillis - known.oldestMillis());
    into.add(Metric.WEBHOOK_QUEUE, known.events());
    into.add(Metric.WEBHOOK_QUEUE_AGE_SECONDS, age / 1000.0);
    into.add(Metric.WEBHOOK_INTAKE, intake);
    into.add(Metric.WEBHOOK_DROPPED_TOTAL, dropped.sum());
    Map<Outcome, Long> called = calls.read();
    for (Outcome outcome : Outcome.values()) {
      long count = called.getOrDefault(outcome, 0L);
      into.add(Metric.WEBHOOK_CALLS_TOTAL, count, Readings.word(outcome));
    }
    into.add(Metric.WEBHOOK_CALL_SECONDS, durations);
  }
}
