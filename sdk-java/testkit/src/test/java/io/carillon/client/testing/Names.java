package io.carillon.client.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a scenario has named, and the rule by which its frames match. Confined to the test. */
final class Names {
  private static final Pattern NAMED = Pattern.compile("\\$([^+]+)(?:\\+(\\d+))?");

  private final Map<String, JsonNode> known = new HashMap<>();

  void put(String name, JsonNode value) {
    known.put(name, value);
  }

  /** With values in the place of names. */
  JsonNode filled(JsonNode value) {
    if (isName(value)) {
      JsonNode found = named(value.textValue());
      if (found == null) {
        throw new IllegalStateException(value + " (expected: a name that was said before)");
      }
      return found;
    }
    if (value.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      value.forEach(each -> filled.add(filled(each)));
      return filled;
    }
    if (value.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      value.properties().forEach(field -> filled.set(field.getKey(), filled(field.getValue())));
      return filled;
    }
    return value;
  }

  /** Names that are said for the first time are kept when all of the frame matches. */
  boolean matches(JsonNode got, JsonNode wanted) {
    Map<String, JsonNode> before = Map.copyOf(known);
    boolean fits = fits(got, wanted, false);
    if (!fits) {
      known.keySet().retainAll(before.keySet());
    }
    return fits;
  }

  private boolean fits(@Nullable JsonNode got, JsonNode wanted, boolean whole) {
    if (isName(wanted)) {
      return got != null && fitsName(got, wanted.textValue());
    }
    if (wanted.isNull()) {
      return got == null || got.isNull();
    }
    if (got == null) {
      return false;
    }
    if (whole || wanted.isValueNode()) {
      return same(got, wanted);
    }
    if (wanted.isArray()) {
      return got.size() == wanted.size()
          && IntStream.range(0, got.size()).allMatch(i -> fits(got.get(i), wanted.get(i), false));
    }
    return wanted.properties().stream()
        .allMatch(
            field ->
                fits(
                    got.get(field.getKey()),
                    field.getValue(),
                    field.getKey().equals("d") && field.getValue().isContainerNode()));
  }

  private boolean fitsName(JsonNode got, String text) {
    JsonNode value = named(text);
    if (text.equals("$any")) {
      return true;
    }
    if (value == null) {
      known.put(text.substring(1), got);
      return true;
    }
    return same(got, value);
  }

  private @Nullable JsonNode named(String text) {
    Matcher matcher = NAMED.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " (expected: $name or $name+number)");
    }
    JsonNode value = known.get(matcher.group(1));
    String more = matcher.group(2);
    return value == null || more == null
        ? value
        : JsonNodeFactory.instance.numberNode(value.longValue() + Long.parseLong(more));
  }

  private static boolean isName(JsonNode value) {
    return value.isTextual() && value.textValue().startsWith("$");
  }

  /** Whatever size of integer they were read as. */
  private static boolean same(JsonNode a, JsonNode b) {
    return a.toString().equals(b.toString());
  }
}
