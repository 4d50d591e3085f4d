package io.carillon.edge.protocol.carillon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares frames with what a scenario expects, and remembers its names; for one thread. */
final class ScenarioMatcher {
  private final Map<String, JsonNode> known = new HashMap<>();

  void know(String name, JsonNode value) {
    known.put(name, value);
  }

  /** The node with every name replaced by its value. */
  JsonNode filledIn(JsonNode node) {
    if (node.isTextual() && node.asText().startsWith("$")) {
      return valueOf(node.asText());
    }
    if (node instanceof ObjectNode object) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> filled.set(field.getKey(), filledIn(field.getValue())));
      return filled;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> filled.add(filledIn(element)));
      return filled;
    }
    return node;
  }

  private JsonNode valueOf(String reference) {
    int plus = reference.indexOf('+');
    String name = reference.substring(1, plus < 0 ? reference.length() : plus);
    JsonNode value = known.get(name);
    if (value == null) {
      throw new AssertionError(reference + " (expected: a name that was met before)");
    }
    return plus < 0
        ? value
        : LongNode.valueOf(value.asLong() + Long.parseLong(reference.substring(plus + 1)));
  }

  /** What does not match, or null. */
  @Nullable String problem(JsonNode expected, @Nullable JsonNode actual) {
    if (expected.isNull()) {
      return actual == null || actual.isNull() ? null : actual + " (expected: nothing)";
    }
    if (actual == null) {
      return "nothing (expected: " + expected + ")";
    }
    if (expected.isTextual() && expected.asText().startsWith("$")) {
      return nameProblem(expected.asText(), actual);
    }
    if (expected.isObject()) {
      return actual.isObject() ? fieldProblem(expected, actual) : actual + " is no object";
    }
    if (expected.isArray()) {
      return actual.isArray() ? elementProblem(expected, actual) : actual + " is no array";
    }
    return difference(expected, actual);
  }

  private static @Nullable String difference(JsonNode expected, @Nullable JsonNode actual) {
    return equal(expected, actual) ? null : actual + " (expected: " + expected + ")";
  }

  private @Nullable String nameProblem(String reference, JsonNode actual) {
    if (reference.equals("$any")) {
      return null;
    }
    if (!reference.contains("+") && !known.containsKey(reference.substring(1))) {
      known.put(reference.substring(1), actual);
      return null;
    }
    return difference(valueOf(reference), actual);
  }

  private @Nullable String fieldProblem(JsonNode expected, JsonNode actual) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      JsonNode value = field.getValue();
      JsonNode found = actual.get(field.getKey());
      // data is compared whole: a null in it is a value like others
      boolean whole = field.getKey().equals("d") && value.isContainerNode();
      String problem = whole ? difference(value, found) : problem(value, found);
      if (problem != null) {
        return field.getKey() + ": " + problem;
      }
    }
    return null;
  }

  private @Nullable String elementProblem(JsonNode expected, JsonNode actual) {
    if (expected.size() != actual.size()) {
      return actual.size() + " elements (expected: " + expected.size() + ")";
    }
    for (int i = 0; i < expected.size(); i++) {
      String problem = problem(expected.get(i), actual.get(i));
      if (problem != null) {
        return "[" + i + "] " + problem;
      }
    }
    return null;
  }

  private static boolean equal(JsonNode expected, @Nullable JsonNode actual) {
    if (actual == null || !expected.isNumber() || !actual.isNumber()) {
      return expected.equals(actual);
    }
    return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
  }
}
