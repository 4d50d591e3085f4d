package io.carillon.client.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes of messages make of them: section 12 of the protocol. Stateless. */
final class Whole {
  private Whole() {}

  /**
   * Each message once, as the operations on it left it, at its own position: clauses 12.6 to 12.8.
   *
   * @param items messages and operations, the oldest first
   */
  static List<Map<String, Object>> of(List<Map<String, Object>> items, long epoch) {
    Map<Long, Map<String, Object>> messages = new LinkedHashMap<>();
    Map<String, Long> newest = new HashMap<>();
    for (Map<String, Object> item : items) {
      String id = Frames.text(item, "id");
      if (!item.containsKey("op")) {
        messages.put(TestLog.offsetOf(item), item);
        if (id != null) {
          newest.put(id, TestLog.offsetOf(item));
        }
        continue;
      }
      Long place = newest.get(Frames.text(item, "ref", ""));
      Map<String, Object> target = place == null ? null : messages.get(place);
      if (place != null && target != null) {
        Map<String, Object> changed = changed(target, item);
        changed.put("v", Frames.object("e", epoch, "o", TestLog.offsetOf(item)));
        messages.put(place, changed);
      }
    }
    return new ArrayList<>(messages.values());
  }

  private static Map<String, Object> changed(
      Map<String, Object> target, Map<String, Object> operation) {
    Map<String, Object> changed = new LinkedHashMap<>(target);
    String kind = Frames.text(operation, "op", "");
    if (kind.equals("append")) {
      changed.put("d", joined(target, Frames.text(operation, "d", "")));
      return Frames.put(changed, "x", operation.get("x"));
    }
    List.of("d", "x", "enc").forEach(changed::remove);
    if (kind.equals("delete")) {
      return Frames.put(changed, "del", true);
    }
    for (String name : List.of("n", "d", "enc", "x")) {
      Frames.put(changed, name, operation.get(name));
    }
    return changed;
  }

  private static String joined(Map<String, Object> target, String more) {
    String before = Frames.text(target, "d", "");
    if (!target.containsKey("enc")) {
      return before + more;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Base64.getDecoder().decode(before));
    bytes.writeBytes(Base64.getDecoder().decode(more));
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** Clause 12.1: whether an append has data of the kind that is there. */
  static boolean joins(Map<String, Object> target, Map<String, Object> operation) {
    @Nullable String mine = Frames.text(target, "enc");
    boolean alike =
        mine == null ? !operation.containsKey("enc") : mine.equals(operation.get("enc"));
    return alike && operation.get("d") instanceof String && target.get("d") instanceof String;
  }
}
