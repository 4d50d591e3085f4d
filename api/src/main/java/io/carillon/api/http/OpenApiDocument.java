package io.carillon.api.http;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the generator of the OpenAPI document wrote, said so that programs understand it. Stateless.
 *
 * <p>It writes every optional member as one that may be null and, beside its type, an object too; a
 * structure that is optional as one of type null; a choice of words as an expression. An answer
 * leaves out what is absent, and no value but the choices is taken, so the document says just that
 * (JSON Schema 2020-12, 6.1.1 and 6.1.2).
 */
final class OpenApiDocument {
  private static final Pattern WORDS = Pattern.compile("[\\w-]+(\\|[\\w-]+)*");
  private static final String SCHEMAS = "#/components/schemas/";

  /** The generator's own structure of what may be any JSON. */
  private static final String ANY = "JsonNode";

  /** Members of a schema that are schemas by name; their names are no words of JSON Schema. */
  private static final Set<String> NAMED = Set.of("properties", "schemas");

  private OpenApiDocument() {}

  /** The document as it is served; members are in the order of their names. */
  static JsonNode of(JsonNode written) {
    return written.isArray() ? JsonNode.createArrayNode(all(written)) : object(written);
  }

  private static List<JsonNode> all(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.values().forEach(item -> items.add(value(item)));
    return items;
  }

  private static JsonNode value(JsonNode node) {
    if (node.isArray()) {
      return JsonNode.createArrayNode(all(node));
    }
    return node.isObject() ? object(node) : node;
  }

  private static JsonNode object(JsonNode node) {
    Map<String, JsonNode> members = new TreeMap<>();
    node.entries().forEach(member -> members.put(member.getKey(), member.getValue()));
    members.remove("exampleSetFlag");
    if ("null".equals(text(members.get("type")))) {
      structure(members);
    }
    String reference = text(members.get("$ref"));
    if (reference != null) {
      members.put("$ref", JsonNode.createStringNode(renamed(reference)));
    }
    types(members);
    choice(members);
    members.replaceAll((name, its) -> NAMED.contains(name) ? named(its) : value(its));
    return JsonNode.createObjectNode(members);
  }

  /** Structures by name: of one that stands in another class only its own name counts. */
  private static JsonNode named(JsonNode schemas) {
    Map<String, JsonNode> members = new TreeMap<>();
    schemas
        .entries()
        .forEach(
            each -> {
              String name = each.getKey();
              if (!name.equals(ANY)) {
                members.put(name.substring(name.lastIndexOf('.') + 1), value(each.getValue()));
              }
            });
    return JsonNode.createObjectNode(members);
  }

  private static String renamed(String reference) {
    return reference.startsWith(SCHEMAS)
        ? SCHEMAS + reference.substring(Math.max(SCHEMAS.length(), reference.lastIndexOf('.') + 1))
        : reference;
  }

  private static void structure(Map<String, JsonNode> members) {
    members.remove("type");
    JsonNode all = members.remove("allOf");
    if (all == null || all.size() != 1) {
      members.put("type", JsonNode.createStringNode("object"));
      return;
    }
    for (JsonNode only : all.values()) {
      only.entries().forEach(member -> members.put(member.getKey(), member.getValue()));
    }
  }

  private static void types(Map<String, JsonNode> members) {
    JsonNode type = members.get("type");
    if (type == null || !type.isArray()) {
      return;
    }
    List<String> types = new ArrayList<>();
    type.values().forEach(each -> types.add(each.getStringValue()));
    types.remove("null");
    if (types.size() > 1) {
      types.remove("object");
    }
    if (types.size() == 1) {
      members.put("type", JsonNode.createStringNode(types.getFirst()));
    } else {
      members.remove("type");
    }
  }

  private static void choice(Map<String, JsonNode> members) {
    String pattern = text(members.get("pattern"));
    if (pattern != null && WORDS.matcher(pattern).matches()) {
      members.remove("pattern");
      List<JsonNode> words = new ArrayList<>();
      for (String word : pattern.split("\\|", -1)) {
        words.add(JsonNode.createStringNode(word));
      }
      members.put("enum", JsonNode.createArrayNode(words));
    }
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node != null && node.isString() ? node.getStringValue() : null;
  }
}
