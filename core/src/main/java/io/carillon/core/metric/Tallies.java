package io.carillon.core.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters by a key with few values, such as an error's code. Thread-safe; a value that comes after
 * {@link #KEYS_MAX} others is not counted, as nothing unbounded may be a key.
 */
public final class Tallies<K extends Comparable<K>> {
  static final int KEYS_MAX = 1_000;

  private final ConcurrentHashMap<K, LongAdder> counters = new ConcurrentHashMap<>();

  /** Counts one. */
  public void add(K key) {
    LongAdder known = counters.get(key);
    if (known == null && counters.size() < KEYS_MAX) {
      known = counters.computeIfAbsent(key, same -> new LongAdder());
    }
    if (known != null) {
      known.increment();
    }
  }

  /** What was counted so far, in the order of the keys. */
  public Map<K, Long> read() {
    Map<K, Long> read = new TreeMap<>();
    counters.forEach((key, counter) -> read.put(key, counter.sum()));
    return read;
  }
}
