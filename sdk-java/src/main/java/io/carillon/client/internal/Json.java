package io.carillon.client.internal;

import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON (RFC 8259) as plain values: {@code null}, {@link Boolean}, {@link Long},
 * {@link BigInteger}, {@link Double}, {@link String}, {@link java.util.List} and {@link Map}.
 * Stateless.
 */
public final class Json {
  /** Clause 1.8. */
  static final int DEPTH_MAX = 100;

  private Json() {}

  /** The text as a JSON string: quotes, backslashes and control characters are escaped. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    quote(json, text);
    return json.toString();
  }

  /**
   * The value as JSON.
   *
   * @throws IllegalArgumentException when it has no JSON form: another type, NaN, infinities, keys
   *     that are no strings, or more than 100 levels
   */
  public static String write(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    write(json, value, 0);
    return json.toString();
  }

  /**
   * The value that the text stands for.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  public static @Nullable Object read(String text) {
    return new JsonReader(text).read();
  }

  private static void write(StringBuilder json, @Nullable Object value, int depth) {
    if (depth >= DEPTH_MAX && (value instanceof Map || value instanceof Iterable)) {
      throw new IllegalArgumentException("depth: more (expected: " + DEPTH_MAX + " levels)");
    }
    if (value == null || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof CharSequence || value instanceof Character) {
      quote(json, value.toString());
    } else if (value instanceof Enum<?> constant) {
      quote(json, constant.name());
    } else if (value instanceof Number number) {
      writeNumber(json, number);
    } else if (value instanceof Map<?, ?> map) {
      writeObject(json, map, depth + 1);
    } else if (value instanceof Iterable<?> items) {
      writeArray(json, items, depth + 1);
    } else {
      throw new IllegalArgumentException(
          "data: "
              + value.getClass().getName()
              + " (expected: null, Boolean, Number, String, Iterable or Map, or a DataForm)");
    }
  }

  private static void writeNumber(StringBuilder json, Number number) {
    if (!Double.isFinite(number.doubleValue()) && !(number instanceof BigInteger)) {
      throw new IllegalArgumentException("data: " + number + " (expected: a finite number)");
    }
    json.append(number);
  }

  private static void writeObject(StringBuilder json, Map<?, ?> map, int depth) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof CharSequence key)) {
        throw new IllegalArgumentException("key: " + entry.getKey() + " (expected: a string)");
      }
      json.append(separator);
      quote(json, key.toString());
      json.append(':');
      write(json, entry.getValue(), depth);
      separator = ',';
    }
    json.append(separator == '{' ? "{}" : "}");
  }

  private static void writeArray(StringBuilder json, Iterable<?> items, int depth) {
    char separator = '[';
    for (Object item : items) {
      json.append(separator);
      write(json, item, depth);
      separator = ',';
    }
    json.append(separator == '[' ? "[]" : "]");
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
