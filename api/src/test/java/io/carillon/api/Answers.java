package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.core.error.ErrorCode;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what {@code /v1} answered. Stateless. */
public final class Answers {
  private Answers() {}

  /** JSON with single quotes for double ones. */
  public static String quoted(String text) {
    return text.replace('\'', '"');
  }

  public static JsonNode json(String text) {
    if (Json.object(text.getBytes(StandardCharsets.UTF_8))
        instanceof Checked.Valid<JsonNode>(var node)) {
      return node;
    }
    throw new AssertionError("no JSON object: " + text);
  }

  /** The body of an answer with this status. */
  public static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    return json(response.body());
  }

  /** The member of an object that has it. */
  public static JsonNode get(JsonNode json, String name) {
    JsonNode value = json.get(name);
    assertThat(value).as("%s of %s", name, names(json)).isNotNull();
    return value == null ? JsonNode.nullNode() : value;
  }

  public static String text(JsonNode json, String name) {
    return get(json, name).getStringValue();
  }

  public static long number(JsonNode json, String name) {
    return get(json, name).getLongValue();
  }

  public static List<JsonNode> list(JsonNode json, String name) {
    List<JsonNode> items = new ArrayList<>();
    get(json, name).values().forEach(items::add);
    return items;
  }

  /** The names of an object's members. */
  public static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : json.entries()) {
      names.add(member.getKey());
    }
    return names;
  }

  /** The answer is this problem, and nothing more than one. */
  public static void assertProblem(
      HttpResponse<String> response, ErrorCode code, String... partsOfDetail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(code.httpStatus());
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertProblem(json(response.body()), code, partsOfDetail);
  }

  public static void assertProblem(JsonNode problem, ErrorCode code, String... partsOfDetail) {
    assertThat(names(problem))
        .containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "number", "retry");
    assertThat(text(problem, "code")).as(text(problem, "detail")).isEqualTo(code.slug());
    assertThat(text(problem, "type")).isEqualTo("/docs/errors.md#" + code.slug());
    assertThat(text(problem, "title")).isEqualTo(code.sentence());
    assertThat(number(problem, "status")).isEqualTo(code.httpStatus());
    assertThat(number(problem, "number")).isEqualTo(code.number());
    assertThat(text(problem, "retry")).isIn("no", "now", "later", "token");
    assertThat(text(problem, "detail"))
        .startsWith(code.sentence())
        .doesNotContain("Exception")
        .doesNotContain(Backend.ACME.secret());
    for (String part : partsOfDetail) {
      assertThat(text(problem, "detail")).contains(part);
    }
  }
}
