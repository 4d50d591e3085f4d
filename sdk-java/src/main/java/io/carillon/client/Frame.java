package io.carillon.client;

import io.carillon.client.internal.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON as it came, with looks at its fields that never fail: what is not there or has
 * another type is absent. Not changed after it was read, so any thread may use it.
 */
final class Frame {
  private final Map<?, ?> fields;

  private Frame(Map<?, ?> fields) {
    this.fields = fields;
  }

  /**
   * The frames of one message; clause 1.2.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  static List<Frame> all(String message) {
    return of(Json.read(message));
  }

  /** The frames of one message that was read. */
  static List<Frame> of(@Nullable Object value) {
    return value instanceof List<?> list ? ofAll(list) : ofAll(List.of(value == null ? "" : value));
  }

  /**
   * The one object that the text is.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Frame one(String text) {
    List<Frame> frames = all(text);
    if (frames.size() != 1) {
      throw new IllegalArgumentException("json: no object (expected: one object)");
    }
    return frames.get(0);
  }

  private static List<Frame> ofAll(List<?> values) {
    List<Frame> frames = new ArrayList<>(values.size());
    for (Object value : values) {
      if (value instanceof Map<?, ?> map) {
        frames.add(new Frame(map));
      }
    }
    return frames;
  }

  String type() {
    return text("t", "");
  }

  @Nullable Object value(String name) {
    return fields.get(name);
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  Map<?, ?> fields() {
    return fields;
  }

  @Nullable String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  String text(String name, String otherwise) {
    return fields.get(name) instanceof String text ? text : otherwise;
  }

  long number(String name, long otherwise) {
    return fields.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  @Nullable Frame object(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? new Frame(map) : null;
  }

  /** Not to be changed; empty when there is none. */
  @SuppressWarnings("unchecked") // keys of JSON are strings
  Map<String, Object> map(String name) {
    return fields.get(name) instanceof Map<?, ?> map
        ? Collections.unmodifiableMap((Map<String, Object>) map)
        : Map.of();
  }

  List<Frame> objects(String name) {
    return fields.get(name) instanceof List<?> list ? ofAll(list) : List.of();
  }

  /** The fields {@code e} and {@code o}. */
  Position position() {
    return new Position(number("e", 0), number("o", 0));
  }

  /** Clause 1.9: what was sent, bytes as bytes. */
  @Nullable Object data() {
    Object data = value("d");
    return "b64".equals(text("enc")) && data instanceof String text
        ? java.util.Base64.getDecoder().decode(text)
        : data;
  }
}
