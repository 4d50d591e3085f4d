package io.carillon.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One channel's log in memory: section 3 of the protocol. Confined to the test. */
final class FakeLog {
  private static final int CATCH_UP_MAX = 1_000;

  private final Map<String, Position> ids = new HashMap<>();
  private final List<Map<String, Object>> items = new ArrayList<>();
  private long epoch = 100;
  private long dropped;

  Position head() {
    return new Position(epoch, dropped + items.size());
  }

  List<Object> data() {
    return items.stream().map(item -> item.get("d")).toList();
  }

  @Nullable Position known(@Nullable String id) {
    return id == null ? null : ids.get(id);
  }

  Map<String, Object> append(Map<String, Object> fields) {
    Map<String, Object> item = new LinkedHashMap<>(fields);
    item.put("o", head().offset() + 1);
    items.add(item);
    if (item.get("id") instanceof String id) {
      ids.put(id, head());
    }
    return item;
  }

  /** Clause 4.3: empty when what followed the position can be given, else why not. */
  String judge(long e, long o) {
    if (e != epoch || o > head().offset()) {
      return "epoch";
    }
    if (head().offset() - o > CATCH_UP_MAX) {
      return "too-far";
    }
    return o < dropped ? "expired" : "";
  }

  long first() {
    return dropped + 1;
  }

  List<Map<String, Object>> after(long offset) {
    return items.stream().filter(item -> offsetOf(item) > offset).toList();
  }

  List<Map<String, Object>> before(long offset) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Map<String, Object> item : items) {
      if (offsetOf(item) < offset) {
        found.add(0, item);
      }
    }
    return found;
  }

  private static long offsetOf(Map<String, Object> item) {
    return (Long) item.getOrDefault("o", 0L);
  }

  void expire() {
    dropped = head().offset();
    items.clear();
  }

  /** Nothing is kept up to here. */
  void become(Position position) {
    epoch = position.epoch();
    dropped = position.offset();
    items.clear();
  }

  void reset() {
    epoch++;
    dropped = 0;
    items.clear();
    ids.clear();
  }
}
