package io.carillon.edge.protocol.pusher;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clauses P1 to P3 of docs/protocol/pusher-extensions.md. */
@Timeout(60)
class CountedPositionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestSocket open() throws Exception {
    TestSocket socket = new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7"));
    socket.next();
    return socket;
  }

  private static void subscribe(TestSocket socket, String channel, String carillon) {
    socket.send(
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\""
            + channel
            + "\""
            + carillon
            + "}}");
  }

  private static String since(JsonNode at) {
    return ",\"carillon\":{\"since\":{\"e\":" + at.get("e") + ",\"o\":" + at.get("o") + "}}";
  }

  /** The next message with such an event. */
  private static JsonNode next(TestSocket socket, String event) throws Exception {
    JsonNode message = JSON.readTree(socket.next());
    while (!message.get("event").asText().equals(event)) {
      message = JSON.readTree(socket.next());
    }
    return message;
  }

  private static JsonNode resumed(TestSocket socket) throws Exception {
    return next(socket, "carillon:resumed").get("data");
  }

  @Test
  @DisplayName("P2.1: who counts gets positions around what all others get, byte for byte")
  void theSameEventForBothKinds() throws Exception {
    try (TestSocket counting = open();
        TestSocket plain = open()) {
      subscribe(counting, "both", ",\"carillon\":{}");
      JsonNode at = resumed(counting);
      subscribe(plain, "both", "");
      next(plain, "pusher_internal:subscription_count");

      server.publish("both", "headline", "{\"text\":\"hé\"}");

      String told =
          "{\"event\":\"headline\",\"channel\":\"both\",\"data\":\"{\\\"text\\\":\\\"hé\\\"}\"}";
      assertThat(plain.next()).isEqualTo(told);
      JsonNode event = next(counting, "carillon:event");
      assertThat(event.toString())
          .isEqualTo(
              "{\"event\":\"carillon:event\",\"channel\":\"both\",\"data\":{\"e\":%s,\"o\":1,\"m\":%s}}"
                  .formatted(at.get("e"), told));
    }
  }

  @Test
  @DisplayName("P3.2, P3.3: what followed the position comes behind the answer, then what is live")
  void since() throws Exception {
    try (TestSocket first = open();
        TestSocket second = open()) {
      subscribe(first, "missed", ",\"carillon\":{}");
      JsonNode at = resumed(first);
      assertThat(at.has("recovered")).isFalse();
      for (int i = 1; i <= 3; i++) {
        server.publish("missed", "n", String.valueOf(i));
      }
      JsonNode one = next(first, "carillon:event").get("data");

      subscribe(second, "missed", since(one));
      assertThat(second.next()).contains("subscription_succeeded");
      JsonNode answer = JSON.readTree(second.next()).get("data");
      server.publish("missed", "n", "4");

      assertThat(answer.get("recovered").asBoolean()).isTrue();
      assertThat(answer.get("o").asLong()).isEqualTo(3);
      assertThat(answer.get("m").findValuesAsText("data")).containsExactly("2", "3");
      JsonNode live = next(second, "carillon:event").get("data");
      assertThat(live.get("o").asLong()).isEqualTo(4);
    }
  }

  @Test
  @DisplayName("P3.1: a hole is filled on the subscription that there is")
  void missed() throws Exception {
    try (TestSocket socket = open()) {
      subscribe(socket, "hole", ",\"carillon\":{}");
      JsonNode at = resumed(socket);
      server.publish("hole", "n", "1");
      socket.send(
          "{\"event\":\"carillon:missed\",\"data\":{\"channel\":\"hole\"" + since(at) + "}}");

      JsonNode answer = resumed(socket);

      assertThat(answer.get("recovered").asBoolean()).isTrue();
      assertThat(answer.get("m").findValuesAsText("data")).containsExactly("1");
      assertThat(server.subscriptions("hole")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("P3.1, P1.1: who is not subscribed, or names no position, is told so")
  void refused() throws Exception {
    try (TestSocket socket = open()) {
      for (String wrong :
          new String[] {
            "{\"event\":\"carillon:missed\",\"data\":{\"channel\":\"none\",\"carillon\":{\"since\":{\"e\":1,\"o\":1}}}}",
            "{\"event\":\"carillon:missed\",\"data\":{\"channel\":\"none\"}}",
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\",\"carillon\":{\"since\":{\"e\":1,\"o\":-1}}}}",
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\",\"carillon\":{\"since\":{\"e\":9007199254740992,\"o\":1}}}}",
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\",\"carillon\":1}}"
          }) {
        socket.send(wrong);
        assertThat(socket.next()).as(wrong).contains("\"event\":\"pusher:error\"");
      }
    }
  }

  @Test
  @DisplayName("P3.3: a position of another life of the log is a gap")
  void gap() throws Exception {
    try (TestSocket socket = open()) {
      server.publish("lost", "n", "1");
      subscribe(socket, "lost", ",\"carillon\":{\"since\":{\"e\":1,\"o\":1}}");

      JsonNode answer = resumed(socket);

      assertThat(answer.get("recovered").asBoolean()).isFalse();
      assertThat(answer.get("why").asText()).isEqualTo("epoch");
      assertThat(answer.get("o").asLong()).isEqualTo(1);
      assertThat(answer.get("m")).isEmpty();
    }
  }

  @Test
  @DisplayName("P2.2: an event names whom it is not for, and comes to that one too")
  void excluded() throws Exception {
    try (TestSocket socket = open()) {
      subscribe(socket, "own", ",\"carillon\":{}");
      resumed(socket);
      ConnectionId other = new ConnectionId(7);
      server.publish("own", new Message(null, "n", Payload.text("1"), new Origin.Backend(other)));

      assertThat(next(socket, "carillon:event").get("data").get("not").asText())
          .isEqualTo(other.socketId());
    }
  }

  @Test
  @DisplayName("P2.4: a marker says that something was left out, to those alone who count")
  void marker() {
    byte[] marker = PusherPositions.marker(ChannelName.of("a"), new Position(2, 9));

    assertThat(new String(marker, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"event\":\"carillon:event\",\"channel\":\"a\",\"data\":{\"e\":2,\"o\":9,\"f\":9}}");
  }

  @Test
  @DisplayName("P3.4: the kept event of a cache channel comes to who is new, not to who goes on")
  void cache() throws Exception {
    try (TestSocket first = open();
        TestSocket second = open()) {
      server.publish("cache-a", "n", "1");
      subscribe(first, "cache-a", ",\"carillon\":{}");
      assertThat(first.next()).contains("subscription_succeeded");
      assertThat(first.next())
          .isEqualTo("{\"event\":\"n\",\"channel\":\"cache-a\",\"data\":\"1\"}");
      JsonNode at = resumed(first);

      subscribe(second, "cache-a", since(at));

      assertThat(second.next()).contains("subscription_succeeded");
      assertThat(second.next()).contains("carillon:resumed").contains("\"m\":[]");
    }
  }
}
