package io.carillon.client.testing;

import io.carillon.client.internal.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who is present on one channel: section 9 of the protocol. Every change is told at once. Confined
 * to the lane.
 */
final class Roster {
  /** Members of a page: clause 9.6. */
  private static final int PAGE = 100;

  /** Clause 10.3. */
  private static final long GRACE_MILLIS = 15_000;

  private final String channel;
  private final Lane lane;
  private final Consumer<Map<String, Object>> told;
  private final Map<String, Map<String, Object>> members = new LinkedHashMap<>();
  private final Map<String, Lane.Timer> graces = new HashMap<>();
  private long version;

  /**
   * @param told gets the frame of each change
   */
  Roster(String channel, Lane lane, Consumer<Map<String, Object>> told) {
    this.channel = channel;
    this.lane = lane;
    this.told = told;
  }

  int size() {
    return members.size();
  }

  long version() {
    return version;
  }

  void enter(String key, Map<String, Object> member) {
    cancelGrace(key);
    if (!member.equals(members.get(key))) {
      members.put(key, member);
      change("set", Map.of(key, member));
    }
  }

  void leave(String key) {
    cancelGrace(key);
    if (members.remove(key) != null) {
      change("del", List.of(key));
    }
  }

  private void cancelGrace(String key) {
    Lane.Timer grace = graces.remove(key);
    if (grace != null) {
      grace.cancel();
    }
  }

  /** Its connection is gone, and it has time to come back. */
  void lost(String key) {
    if (members.containsKey(key)) {
      graces.put(key, lane.schedule(GRACE_MILLIS, () -> leave(key)));
    }
  }

  /** The pages of clause 9.6; at least one. */
  List<Map<String, Object>> snapshot() {
    List<String> keys = List.copyOf(members.keySet());
    List<Map<String, Object>> pages = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(from + PAGE, keys.size());
      Map<String, Object> set = new LinkedHashMap<>();
      keys.subList(from, to).forEach(key -> set.put(key, members.getOrDefault(key, Map.of())));
      from = to;
      pages.add(
          Frames.of(
              "pres",
              "ch",
              channel,
              "snap",
              pages.size() + 1,
              "v",
              version,
              "set",
              set,
              "more",
              to < keys.size() ? true : null));
    } while (from < keys.size());
    return pages;
  }

  private void change(String name, Object value) {
    long from = version++;
    told.accept(Frames.of("pres", "ch", channel, "f", from, "v", version, name, value));
  }
}
