package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin.Backend;
import io.carillon.core.model.Payload;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.runtime.Ticker;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.Msgpack;
import io.carillon.edge.fixture.TestSocket;
import io.carillon.edge.format.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One scenario with its server and connections; for one thread. */
final class ScenarioRun implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, TestSocket> sockets = new HashMap<>();
  private final ScenarioMatcher matcher = new ScenarioMatcher();
  private long epochs;
  private EdgeServer server = start();

  /** What the connections speak. */
  private final WireFormat format;

  ScenarioRun(WireFormat format) {
    this.format = format;
    matcher.know("KEY", JSON.valueToTree(EdgeServer.KEY.value()));
  }

  private EdgeServer start() {
    LocalEngine engine = new LocalEngine(Ticker.SYSTEM, 1 << 24, epochs);
    return new EdgeServer(Map.of(), EdgeServer.app(AppSettings.DEVELOPMENT), engine.ports());
  }

  void take(JsonNode step) throws Exception {
    String kind = step.fieldNames().next();
    String name = step.get(kind).asText();
    switch (kind) {
      case "connect" ->
          sockets.put(name, new TestSocket(server.socketUri("/v1/realtime"), subprotocol()));
      case "send" -> {
        if (step.has("text")) {
          socket(name).send(step.get("text").asText());
        } else {
          say(socket(name), matcher.filledIn(step.get("frame")));
        }
      }
      case "expect" -> expect(socket(name), step);
      case "silence" -> {
        say(socket(name), JSON.readTree("{\"t\":\"ping\"}"));
        assertThat(heard(socket(name)).get("t").asText()).isEqualTo("pong");
      }
      case "closed" ->
          assertThat(socket(name).closeCode())
              .isBetween(step.at("/code/0").asInt(), step.at("/code/1").asInt());
      case "cut" -> socket(name).close();
      case "publish" -> publish(step.get("publish"));
      case "token" -> matcher.know(name, JSON.valueToTree(token(step)));
      case "lose-log" -> loseLog();
      default -> throw new AssertionError("no such step: " + kind);
    }
  }

  private String subprotocol() {
    return format == WireFormat.JSON ? "carillon.v1" : "carillon.v1.msgpack";
  }

  private void say(TestSocket socket, JsonNode frame) {
    switch (format) {
      case JSON -> socket.send(frame.toString());
      case MSGPACK -> socket.send(Msgpack.of(frame));
    }
  }

  /** The next frame, as it is in JSON. */
  private JsonNode heard(TestSocket socket) throws Exception {
    return switch (format) {
      case JSON -> JSON.readTree(socket.next());
      case MSGPACK -> Msgpack.frame(socket.nextBinary());
    };
  }

  private TestSocket socket(String name) {
    TestSocket socket = sockets.get(name);
    if (socket == null) {
      throw new AssertionError("no connection " + name);
    }
    return socket;
  }

  private void expect(TestSocket socket, JsonNode step) throws Exception {
    if (step.has("frame")) {
      JsonNode frame = heard(socket);
      assertThat(matcher.problem(step.get("frame"), frame)).as(frame.toString()).isNull();
      return;
    }
    List<JsonNode> expected = new ArrayList<>();
    step.get("frames").forEach(expected::add);
    while (!expected.isEmpty()) {
      JsonNode frame = heard(socket);
      assertThat(expected.removeIf(one -> matcher.problem(one, frame) == null))
          .as("%s is one of %s", frame, expected)
          .isTrue();
    }
  }

  private void publish(JsonNode what) {
    int times = what.has("times") ? what.get("times").asInt() : 1;
    for (int n = 0; n < times; n++) {
      String data = what.has("times") ? String.valueOf(n) : what.get("d").toString();
      Message message =
          new Message(
              what.has("id") ? what.get("id").asText() : null,
              what.get("n").asText(),
              Payload.json(data.getBytes(StandardCharsets.UTF_8)),
              Backend.TO_EVERYONE);
      assertThat(server.publish(what.get("ch").asText(), message)).isInstanceOf(Published.class);
    }
  }

  private String token(JsonNode step) {
    Map<String, String> allowed = new LinkedHashMap<>();
    step.get("allow").properties().forEach(e -> allowed.put(e.getKey(), e.getValue().asText()));
    return server.token(
        step.has("clientId") ? step.get("clientId").asText() : null,
        Duration.ofSeconds(step.has("seconds") ? step.get("seconds").asInt() : 600),
        allowed);
  }

  private void loseLog() {
    // epochs begin with the clock's milliseconds, so this is later than all of them
    epochs = Ticker.SYSTEM.epochMillis() + 1_000_000;
    server.close();
    server = start();
  }

  @Override
  public void close() {
    sockets.values().forEach(TestSocket::close);
    server.close();
  }
}
