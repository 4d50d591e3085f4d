package io.carillon.client.testing;

import io.carillon.client.Position;
import io.carillon.client.internal.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames as maps, whose fields are what JSON has; looks at them never fail. Stateless. */
final class Frames {
  private Frames() {}

  /** A frame of names and values in turn; those that are null are left out. */
  static Map<String, Object> of(String type, @Nullable Object... namesAndValues) {
    return put(new LinkedHashMap<>(Map.of("t", type)), namesAndValues);
  }

  /** An object that is no frame. */
  static Map<String, Object> object(@Nullable Object... namesAndValues) {
    return put(new LinkedHashMap<>(), namesAndValues);
  }

  static Map<String, Object> put(Map<String, Object> to, @Nullable Object... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        to.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return to;
  }

  /**
   * The frames of one message: clause 1.2.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  static List<Map<String, Object>> read(String message) {
    Object value = Json.read(message);
    return value instanceof List<?> list
        ? objects(list)
        : objects(List.of(value == null ? "" : value));
  }

  static List<Map<String, Object>> list(Map<String, Object> frame, String name) {
    return frame.get(name) instanceof List<?> list ? objects(list) : List.of();
  }

  private static List<Map<String, Object>> objects(List<?> values) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Map<?, ?> map) {
        objects.add(map(map));
      }
    }
    return objects;
  }

  /** Keys of JSON are strings, and a field that is null is not there. */
  static Map<String, Object> map(Map<?, ?> map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, value) -> put(fields, key, value));
    return fields;
  }

  static @Nullable String text(Map<String, Object> frame, String name) {
    return frame.get(name) instanceof String text ? text : null;
  }

  static String text(Map<String, Object> frame, String name, String otherwise) {
    return frame.get(name) instanceof String text ? text : otherwise;
  }

  static long number(Map<String, Object> frame, String name, long otherwise) {
    return frame.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  static @Nullable Position position(Map<String, Object> frame, String name) {
    if (!(frame.get(name) instanceof Map<?, ?> map)) {
      return null;
    }
    Map<String, Object> fields = map(map);
    return new Position(number(fields, "e", 0), number(fields, "o", 0));
  }
}
