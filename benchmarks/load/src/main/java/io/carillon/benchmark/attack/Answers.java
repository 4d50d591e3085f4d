package io.carillon.benchmark.attack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What the server answered to an attack, each answer with its number. Thread-safe. */
final class Answers {
  private final ConcurrentMap<String, LongAdder> numbers = new ConcurrentHashMap<>();
  private final LongAdder endings = new LongAdder();
  private final LongAdder endingMillis = new LongAdder();

  /** Something was said. */
  void add(String answer) {
    numbers.computeIfAbsent(answer, any -> new LongAdder()).increment();
  }

  /** A connection was ended by the server. */
  void ended(String how, long millis) {
    add(how);
    endings.increment();
    endingMillis.add(millis);
  }

  long of(String answer) {
    LongAdder number = numbers.get(answer);
    return number == null ? 0 : number.sum();
  }

  /** All of them, the most frequent first, and how long connections lasted that were ended. */
  String text() {
    String all =
        numbers.entrySet().stream()
            .sorted(Map.Entry.comparingByValue((a, b) -> Long.compare(b.sum(), a.sum())))
            .map(entry -> "%s ×%,d".formatted(entry.getKey(), entry.getValue().sum()))
            .collect(Collectors.joining(", "));
    long ended = endings.sum();
    return ended == 0
        ? all
        : all + "; ended after %.1f s".formatted(endingMillis.sum() / 1e3 / ended);
  }
}
