package io.carillon.client.testing;

import io.carillon.client.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One channel's log in memory: section 3 of the protocol. Confined to the lane. */
final class TestLog {
  /** As the server's: more than these are not caught up with. */
  private static final int CATCH_UP_MAX = 1_000;

  private final Map<String, Position> ids = new HashMap<>();
  private final List<Map<String, Object>> items = new ArrayList<>();
  private long epoch = 100;
  private long dropped;

  /** What a reader gets. */
  record Slice(List<Map<String, Object>> items, boolean more) {}

  Position head() {
    return new Position(epoch, dropped + items.size());
  }

  /** All that is kept, operations too, the oldest first. */
  List<Map<String, Object>> items() {
    return items;
  }

  /** Clause 12.6: each message once, as it is now, the oldest first. */
  List<Map<String, Object>> messages() {
    return Whole.of(items, epoch);
  }

  @Nullable Position known(@Nullable String id) {
    return id == null ? null : ids.get(id);
  }

  /** The item that is kept, with its offset. */
  Map<String, Object> append(Map<String, Object> fields) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("o", head().offset() + 1);
    item.putAll(fields);
    items.add(item);
    String id = Frames.text(item, "id");
    if (id != null) {
      ids.put(id, head());
    }
    return item;
  }

  /** Clause 4.3: null when what followed the position can be given, else why not. */
  @Nullable String judge(Position since) {
    long newest = head().offset();
    if (since.epoch() != epoch || since.offset() > newest) {
      return "epoch";
    }
    if (newest - since.offset() > CATCH_UP_MAX) {
      return "too-far";
    }
    return since.offset() < dropped ? "expired" : null;
  }

  List<Map<String, Object>> after(long offset) {
    return items.stream().filter(item -> offsetOf(item) > offset).toList();
  }

  /** Clause 12.6: the newest so many messages, as they are now. */
  List<Map<String, Object>> rewound(long newest) {
    List<Map<String, Object>> all = messages();
    return all.subList((int) Math.max(0, all.size() - newest), all.size());
  }

  /** Clauses 6.1 and 12.6: of this epoch alone. */
  Slice read(long limit, @Nullable Position before, @Nullable Position after) {
    List<Map<String, Object>> kept = new ArrayList<>();
    for (Map<String, Object> item : messages()) {
      long offset = offsetOf(item);
      if ((before == null || offset < before.offset())
          && (after == null || offset > after.offset())) {
        kept.add(after == null ? 0 : kept.size(), item);
      }
    }
    return new Slice(
        List.copyOf(kept.subList(0, (int) Math.min(limit, kept.size()))), kept.size() > limit);
  }

  static long offsetOf(Map<String, Object> item) {
    return Frames.number(item, "o", 0);
  }

  /** Forgets the messages, as their time is over. */
  void expire() {
    dropped = head().offset();
    items.clear();
  }

  /** A new life, as after a loss: clause 3.1. */
  void reset() {
    epoch++;
    dropped = 0;
    items.clear();
    ids.clear();
  }
}
