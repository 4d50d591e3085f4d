package io.carillon.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays one scenario against a server of its own. Confined to the test. */
final class ScenarioPlay {
  private static final String KEY = "key-1";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final TestServer server = new TestServer(options -> options.key(KEY));
  private final Map<String, Wire> wires = new HashMap<>();
  private final Names names = new Names();

  ScenarioPlay() {
    names.put("KEY", JSON.textNode(KEY));
  }

  void step(JsonNode step) {
    String kind = step.fieldNames().next();
    JsonNode value = step.required(kind);
    switch (kind) {
      case "connect" -> wires.put(value.textValue(), new Wire(server.httpClient()));
      case "send" -> wire(value).send(sent(step));
      case "expect" -> expect(wire(value), step);
      case "silence" -> {
        wire(value).send("{\"t\":\"ping\"}");
        assertThat(wire(value).take(2)).containsExactly(JSON.objectNode().put("t", "pong"));
      }
      case "closed" ->
          assertThat(wire(value).code)
              .isBetween(step.at("/code/0").intValue(), step.at("/code/1").intValue());
      case "cut" -> wire(value).cut();
      case "publish" -> publish(value);
      case "token" -> names.put(value.textValue(), JSON.textNode(token(step)));
      case "lose-log" -> {
        server.resetEpoch();
        server.drop();
      }
      default -> throw new IllegalArgumentException("step: " + kind + " (expected: of the README)");
    }
    server.settle();
  }

  private Wire wire(JsonNode name) {
    return Objects.requireNonNull(wires.get(name.textValue()));
  }

  private String sent(JsonNode step) {
    return step.has("text")
        ? step.required("text").textValue()
        : names.filled(step.required("frame")).toString();
  }

  private void publish(JsonNode what) {
    String channel = what.required("ch").textValue();
    String name = what.required("n").textValue();
    if (!what.has("times")) {
      Object data = new ObjectMapper().convertValue(what.get("d"), Object.class);
      server.publish(channel, name, data, what.path("id").textValue());
      return;
    }
    for (int i = 0; i < what.required("times").intValue(); i++) {
      server.publish(channel, name, i);
    }
  }

  private String token(JsonNode step) {
    ObjectNode rights = JSON.objectNode();
    step.path("allow")
        .properties()
        .forEach(
            rule -> {
              var words = rights.putArray(rule.getKey());
              for (String word : rule.getValue().textValue().split(" ", -1)) {
                words.add(word);
              }
            });
    long ends = server.clock().instant().getEpochSecond() + step.path("seconds").asInt(3_600);
    ObjectNode claims = JSON.objectNode().put("exp", ends);
    claims.set("cap", rights);
    if (step.has("clientId")) {
      claims.set("sub", step.get("clientId"));
    }
    byte[] bytes = claims.toString().getBytes(StandardCharsets.UTF_8);
    return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".e30";
  }

  private void expect(Wire wire, JsonNode step) {
    List<JsonNode> wanted = new ArrayList<>();
    if (step.has("frames")) {
      step.required("frames").forEach(wanted::add);
    } else {
      wanted.add(step.required("frame"));
    }
    List<JsonNode> got = wire.take(wanted.size());
    for (JsonNode each : wanted) {
      @Nullable JsonNode found =
          got.stream().filter(frame -> names.matches(frame, each)).findFirst().orElse(null);
      assertThat(found).as("%s in %s", each, got).isNotNull();
      got.remove(found);
    }
  }
}
