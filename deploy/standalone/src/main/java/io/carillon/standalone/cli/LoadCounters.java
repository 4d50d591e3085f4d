package io.carillon.standalone.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a load counts while it is measured. Thread-safe without a lock. */
final class LoadCounters {
  private final LongAdder acked = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder everDelivered = new LongAdder();
  private final Latencies acknowledgements = new Latencies();
  private final Latencies deliveries = new Latencies();
  private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
  private volatile boolean measuring;
  private volatile boolean lastWasRefused;

  /** How many by now, of those that count. */
  record Counts(long acked, long delivered) {}

  void begin() {
    measuring = true;
  }

  Counts now() {
    return new Counts(acked.sum(), delivered.sum());
  }

  /** What comes from now on does not count any more. */
  Counts end() {
    measuring = false;
    return now();
  }

  void acked(long nanos) {
    lastWasRefused = false;
    if (measuring) {
      acked.increment();
      acknowledgements.record(nanos);
    }
  }

  void delivered(long nanos) {
    everDelivered.increment();
    if (measuring) {
      delivered.increment();
      deliveries.record(nanos);
    }
  }

  void refused(String kind) {
    lastWasRefused = true;
    refusals.computeIfAbsent(kind, absent -> new LongAdder()).increment();
  }

  /** Whether publishers had better wait a little. */
  boolean isRefusing() {
    return lastWasRefused;
  }

  long everDelivered() {
    return everDelivered.sum();
  }

  Latencies acknowledgements() {
    return acknowledgements;
  }

  Latencies deliveries() {
    return deliveries;
  }

  /** How many of each kind. */
  Map<String, Long> refusals() {
    Map<String, Long> sums = new TreeMap<>();
    refusals.forEach((kind, count) -> sums.put(kind, count.sum()));
    return sums;
  }
}
