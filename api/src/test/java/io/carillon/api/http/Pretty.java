package io.carillon.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.json.tree.JsonNode;
import java.util.Map;
import java.util.StringJoiner;

/** JSON for people: a member a line, two blanks deeper. Stateless. */
final class Pretty {
  private Pretty() {}

  static String of(JsonNode node) {
    return text(node, "");
  }

  private static String text(JsonNode node, String indent) {
    if (!node.isContainerNode() || node.size() == 0) {
      return new String(Json.bytes(node), UTF_8);
    }
    String deeper = indent + "  ";
    boolean isArray = node.isArray();
    StringJoiner lines =
        new StringJoiner(
            ",\n" + deeper,
            (isArray ? "[\n" : "{\n") + deeper,
            "\n" + indent + (isArray ? "]" : "}"));
    if (isArray) {
      node.values().forEach(each -> lines.add(text(each, deeper)));
    } else {
      for (Map.Entry<String, JsonNode> each : node.entries()) {
        lines.add(quoted(each.getKey()) + ": " + text(each.getValue(), deeper));
      }
    }
    return lines.toString();
  }

  private static String quoted(String name) {
    return text(JsonNode.createStringNode(name), "");
  }
}
