package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.APP;
import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarillonTokenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HOUR = Duration.ofHours(1);

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestSocket connect(String token) throws Exception {
    TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
    socket.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
    return socket;
  }

  private static TestSocket opened(String clientId, Map<String, String> capabilities)
      throws Exception {
    TestSocket socket = connect(server.token(clientId, HOUR, capabilities));
    assertThat(next(socket).get("you").asText()).isEqualTo(clientId);
    return socket;
  }

  private static JsonNode next(TestSocket socket) throws Exception {
    return JSON.readTree(socket.next());
  }

  /** Clauses 3.6, 4.7, 5.1, 5.2. */
  @Test
  void aPublicationIsAcknowledgedAndReachesEveryoneWithItsAuthor() throws Exception {
    Map<String, String> chat = Map.of("private-chat:*", "subscribe publish");
    try (TestSocket anna = opened("anna", chat);
        TestSocket bert = opened("bert", chat)) {
      String sub = "{\"t\":\"sub\",\"i\":2,\"ch\":\"private-chat:1\"}";
      assertThat(next(anna.send(sub)).get("t").asText()).isEqualTo("subbed");
      assertThat(next(bert.send(sub)).get("t").asText()).isEqualTo("subbed");

      anna.send(
          "{\"t\":\"pub\",\"i\":3,\"ch\":\"private-chat:1\",\"m\":["
              + "{\"n\":\"text\",\"d\":{\"a\":[1,\"é\"]},\"id\":\"m1\"},"
              + "{\"n\":\"raw\",\"d\":\"AQID\",\"enc\":\"b64\"}]}");

      JsonNode first = next(bert);
      assertThat(first.at("/m/0/d/a/1").asText()).isEqualTo("é");
      assertThat(first.at("/m/0/by").asText()).isEqualTo("anna");
      assertThat(first.at("/m/0/id").asText()).isEqualTo("m1");
      JsonNode second = next(bert);
      assertThat(second.at("/m/0/enc").asText()).isEqualTo("b64");
      assertThat(second.at("/m/0/d").asText()).isEqualTo("AQID");
      JsonNode answer = JSON.readTree(firstOfType(anna, "ok"));
      assertThat(answer.get("r")).hasSize(2);
      assertThat(answer.at("/r/1/o").asLong()).isEqualTo(second.get("o").asLong());
    }
  }

  /** What the socket hears next of this type; its own messages may come before. */
  private static String firstOfType(TestSocket socket, String type) throws Exception {
    String message = socket.next();
    while (!message.startsWith("{\"t\":\"" + type + "\"")) {
      message = socket.next();
    }
    return message;
  }

  /** Clauses 5.2 and 5.3. */
  @Test
  void aRepeatedIdIsAnsweredWithTheFirstPositionAndSentOnce() throws Exception {
    try (TestSocket socket = opened("anna", Map.of("*", "publish subscribe"))) {
      next(socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"once\"}"));
      String pub = "{\"t\":\"pub\",\"i\":3,\"ch\":\"once\",\"m\":[{\"n\":\"a\",\"id\":\"same\"}]}";

      long position = JSON.readTree(firstOfType(socket.send(pub), "ok")).at("/r/0/o").asLong();
      JsonNode again = JSON.readTree(firstOfType(socket.send(pub), "ok"));

      assertThat(again.at("/r/0/dup").asBoolean()).isTrue();
      assertThat(again.at("/r/0/o").asLong()).isEqualTo(position);
      socket.send("{\"t\":\"pub\",\"i\":4,\"ch\":\"once\",\"m\":[{\"n\":\"b\"}]}");
      JsonNode push = JSON.readTree(firstOfType(socket, "msg"));
      if (push.at("/m/0/n").asText().equals("a")) {
        push = JSON.readTree(firstOfType(socket, "msg"));
      }
      assertThat(push.at("/m/0/n").asText()).isEqualTo("b");
      assertThat(push.get("o").asLong()).isEqualTo(position + 1);
    }
  }

  /** Clauses 4.6 and 8.2: what is not allowed is refused on that action alone. */
  @Test
  void aCapabilityDecidesEachActionAlone() throws Exception {
    Map<String, String> reader = Map.of("news:*", "subscribe", "logs:*", "history");
    try (TestSocket socket = opened("anna", reader)) {
      assertThat(next(socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"news:1\"}")).get("t").asText())
          .isEqualTo("subbed");
      String pub = "{\"t\":\"pub\",\"i\":3,\"ch\":\"news:1\",\"m\":[{\"n\":\"a\"}]}";
      assertThat(next(socket.send(pub)).get("kind").asText()).isEqualTo("capability-denied");
      assertThat(
              next(socket.send("{\"t\":\"sub\",\"i\":4,\"ch\":\"logs:1\"}")).get("kind").asText())
          .isEqualTo("capability-denied");
      assertThat(next(socket.send("{\"t\":\"hist\",\"i\":5,\"ch\":\"logs:1\"}")).get("t").asText())
          .isEqualTo("ok");
      server.publish("news:1", "still", "here");
      assertThat(next(socket).at("/m/0/n").asText()).isEqualTo("still");
    }
  }

  /** Clauses 2.4 and 7.4. */
  @Test
  void aTokenThatIsNoneIsTurnedAway() throws Exception {
    try (TestSocket socket = connect("no.such.token")) {
      assertThat(next(socket).get("kind").asText()).startsWith("token-");
      assertThat(socket.closeCode()).isBetween(4000, 4399);
    }
  }

  /** Clause 2.6. */
  @Test
  void aNewTokenKeepsWhatItAllowsAndEndsTheRest() throws Exception {
    try (TestSocket socket = opened("anna", Map.of("a", "subscribe", "b", "subscribe"))) {
      next(socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"a\"}"));
      next(socket.send("{\"t\":\"sub\",\"i\":3,\"ch\":\"b\"}"));

      String other = server.token("bert", HOUR, Map.of("*", "subscribe"));
      socket.send("{\"t\":\"auth\",\"i\":4,\"token\":\"" + other + "\"}");
      assertThat(next(socket).get("kind").asText()).isEqualTo("token-invalid");

      String fewer = server.token("anna", HOUR, Map.of("a", "subscribe"));
      socket.send("{\"t\":\"auth\",\"i\":5,\"token\":\"" + fewer + "\"}");
      JsonNode ended = next(socket);
      assertThat(ended.get("ch").asText()).isEqualTo("b");
      assertThat(ended.get("kind").asText()).isEqualTo("capability-denied");
      assertThat(next(socket).get("t").asText()).isEqualTo("ok");
      server.publish("b", "unheard", "");
      server.publish("a", "heard", "");
      assertThat(next(socket).at("/m/0/n").asText()).isEqualTo("heard");
    }
  }

  /** Clause 2.7; that a renewal is asked for in time is proved in virtual time. */
  @Test
  void aTokenThatEndsClosesTheConnection() throws Exception {
    try (TestSocket socket =
        connect(server.token("anna", Duration.ofSeconds(2), Map.of("*", "subscribe")))) {
      JsonNode error = JSON.readTree(firstOfType(socket, "err"));
      assertThat(error.get("kind").asText()).isEqualTo("token-expired");
      assertThat(next(socket).get("v").asText()).isEqualTo("token");
      assertThat(socket.closeCode()).isBetween(4300, 4399);
    }
  }

  /** Clause 2.7; the other client of the same key stays. */
  @Test
  void aRevokedClientIsClosed() throws Exception {
    try (TestSocket anna = opened("revoked", Map.of("*", "subscribe"));
        TestSocket bert = opened("other", Map.of("*", "subscribe"))) {
      long now = System.currentTimeMillis() / 1_000;
      server
          .node()
          .ports()
          .control()
          .broadcast(new RevokeTokens(APP, RevokeTokens.By.CLIENT, "revoked", now + 1));

      assertThat(next(anna).get("kind").asText()).isEqualTo("token-revoked");
      assertThat(anna.closeCode()).isBetween(4300, 4399);
      assertThat(next(bert.send("{\"t\":\"ping\"}")).get("t").asText()).isEqualTo("pong");
    }
  }

  @Test
  void theKeyInATokensPlaceIsNoToken() throws Exception {
    try (TestSocket socket = connect(KEY.value())) {
      assertThat(next(socket).get("t").asText()).isEqualTo("err");
      assertThat(socket.closeCode()).isBetween(4000, 4399);
    }
  }
}
