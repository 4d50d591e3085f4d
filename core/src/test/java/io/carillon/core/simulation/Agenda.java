package io.carillon.core.simulation;

import io.carillon.core.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Time, chance and what is to happen, in one order that the seed alone decides; and a memory of
 * what happened last. For one thread.
 */
final class Agenda {
  private static final int REMEMBERED = 30;

  private final FakeTicker ticker = new FakeTicker();
  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final Map<String, ArrayDeque<String>> memory = new LinkedHashMap<>();
  private long added;
  private long steps;

  private record Event(long at, long number, Runnable action) {}

  Agenda(long seed) {
    random = new Random(seed);
  }

  FakeTicker ticker() {
    return ticker;
  }

  Random random() {
    return random;
  }

  long steps() {
    return steps;
  }

  /** Milliseconds since the beginning. */
  long millis() {
    return ticker.nanos() / 1_000_000;
  }

  /** Whether something of this probability happens now. */
  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** From the first up to but not including the last. */
  int between(int from, int to) {
    return from + random.nextInt(to - from);
  }

  void at(long nanos, Runnable action) {
    events.add(new Event(Math.max(nanos, ticker.nanos()), added++, action));
  }

  /** Within so many milliseconds, at a moment that chance picks. */
  void within(int millis, Runnable action) {
    at(ticker.nanos() + (long) (random.nextDouble() * millis * 1_000_000L), action);
  }

  void after(int millis, Runnable action) {
    at(ticker.nanos() + millis * 1_000_000L, action);
  }

  /** Does what is next, if it is due by then. */
  boolean step(long untilNanos) {
    Event next = events.peek();
    if (next == null || next.at() > untilNanos) {
      ticker.advance(Duration.ofNanos(Math.max(0, untilNanos - ticker.nanos())));
      return false;
    }
    events.remove();
    ticker.advance(Duration.ofNanos(next.at() - ticker.nanos()));
    steps++;
    next.action().run();
    return true;
  }

  /** Remembers something about a channel, or about everything under the name "world". */
  void note(String about, String what) {
    ArrayDeque<String> lines = memory.computeIfAbsent(about, key -> new ArrayDeque<>());
    if (lines.size() == REMEMBERED) {
      lines.removeFirst();
    }
    lines.addLast(millis() + " ms, step " + steps + ": " + what);
  }

  /** The last that is known of a channel, and of the world. */
  String recall(String about) {
    StringBuilder text = new StringBuilder();
    for (String key : new String[] {"world", about}) {
      text.append("  last of ").append(key).append(":\n");
      memory
          .getOrDefault(key, new ArrayDeque<>())
          .forEach(line -> text.append("    ").append(line).append('\n'));
    }
    return text.toString();
  }
}
