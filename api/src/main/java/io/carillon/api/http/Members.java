package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.json.tree.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object from a stranger. Stateless. */
public final class Members {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** The JDK looks components up anew each time, which took a twentieth of a publish. */
  private static final ClassValue<List<String>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> shape) {
          return Arrays.stream(shape.getRecordComponents()).map(RecordComponent::getName).toList();
        }
      };

  private Members() {}

  /** The member's value; null when it is absent or null. */
  public static @Nullable JsonNode get(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  public static Checked<String> string(JsonNode json, String name) {
    JsonNode value = get(json, name);
    return value != null && value.isString()
        ? Checked.valid(value.getStringValue())
        : Checked.refused(wrong(name, value, "a string"));
  }

  /** A whole number from 1 on, or the fallback when it is absent. */
  public static Checked<Long> number(JsonNode json, String name, long fallback, long max) {
    return number(json, name, fallback, new Bounds(1, max));
  }

  /** A whole number within these bounds, or the fallback when it is absent. */
  public static Checked<Long> number(JsonNode json, String name, long fallback, Bounds bounds) {
    JsonNode value = get(json, name);
    if (value == null) {
      return Checked.valid(fallback);
    }
    boolean whole = value.isNumber() && WHOLE.matcher(value.coerceStringValue()).matches();
    long number = whole ? Long.parseLong(value.coerceStringValue()) : 0;
    return whole && number >= bounds.least() && number <= bounds.most()
        ? Checked.valid(number)
        : Checked.refused(wrong(name, value, bounds.least() + " to " + bounds.most()));
  }

  /** Which numbers are allowed, both ends included. */
  public record Bounds(long least, long most) {}

  /** A list of 1 to so many strings. */
  public static Checked<List<String>> strings(JsonNode json, String name, int max) {
    return list(json, name, max)
        .then(
            items -> {
              for (int i = 0; i < items.size(); i++) {
                if (!items.get(i).isString()) {
                  return Checked.refused(wrong(name + "[" + i + "]", items.get(i), "a string"));
                }
              }
              return Checked.valid(items.stream().map(JsonNode::getStringValue).toList());
            });
  }

  /** A list of 1 to so many items of any kind. */
  public static Checked<List<JsonNode>> list(JsonNode json, String name, int max) {
    JsonNode list = get(json, name);
    if (list == null || !list.isArray()) {
      return Checked.refused(wrong(name, list, "a list of 1 to " + max));
    }
    if (list.size() == 0 || list.size() > max) {
      return Checked.refused(
          list.size() == 0 ? ErrorCode.BAD_REQUEST : ErrorCode.TOO_MANY_ITEMS,
          name + ": " + list.size() + " items (expected: 1 to " + max + ")");
    }
    List<JsonNode> items = new ArrayList<>(list.size());
    list.values().forEach(items::add);
    return Checked.valid(items);
  }

  /** The value as an object that has no other members than the shape's components. */
  public static Checked<JsonNode> shaped(JsonNode json, Class<? extends Record> shape) {
    if (!json.isObject()) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST, Json.described(json) + " (expected: an object)");
    }
    List<String> known = COMPONENTS.get(shape);
    for (Map.Entry<String, JsonNode> member : json.entries()) {
      if (!known.contains(member.getKey())) {
        return Checked.refused(
            ErrorCode.BAD_REQUEST,
            "member "
                + Quoted.of(member.getKey())
                + ": unknown (expected: "
                + String.join(", ", known)
                + ")");
      }
    }
    return Checked.valid(json);
  }

  /** What a member was, and what it should have been. */
  public static Problem wrong(String name, @Nullable JsonNode value, String expected) {
    String was = value == null ? "missing" : Json.described(value);
    return Problem.of(ErrorCode.BAD_REQUEST, name + ": " + was + " (expected: " + expected + ")");
  }
}
