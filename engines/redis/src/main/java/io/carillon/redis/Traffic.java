package io.carillon.redis;

import io.carillon.core.metric.Histogram;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What an engine counts of its ways to Redis. Thread-safe; counted for each batch. */
final class Traffic {
  private final Histogram roundTrips = new Histogram();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder connects = new LongAdder();
  private final AtomicInteger open = new AtomicInteger();

  void answered(int requests, long nanos) {
    answered.add(requests);
    roundTrips.record(nanos);
  }

  void failed() {
    failed.increment();
  }

  void connected() {
    connects.increment();
    open.incrementAndGet();
  }

  void disconnected() {
    open.decrementAndGet();
  }

  void read(Readings into) {
    into.add(Metric.REDIS_CONNECTIONS, open.get());
    into.add(Metric.REDIS_ROUND_TRIP_SECONDS, roundTrips);
    into.add(Metric.REDIS_REQUESTS_TOTAL, answered.sum());
    into.add(Metric.REDIS_FAILURES_TOTAL, failed.sum());
    into.add(Metric.REDIS_CONNECTS_TOTAL, connects.sum());
  }
}
