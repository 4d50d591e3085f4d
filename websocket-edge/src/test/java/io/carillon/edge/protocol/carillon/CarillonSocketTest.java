package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.Position;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CarillonSocketTest {
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

  private static TestSocket connect() {
    return new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
  }

  private static TestSocket opened() throws Exception {
    TestSocket socket = connect();
    socket.send("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
    assertThat(next(socket).get("t").asText()).isEqualTo("welcome");
    return socket;
  }

  private static JsonNode next(TestSocket socket) throws Exception {
    return JSON.readTree(socket.next());
  }

  private static Position publish(String channel, String data) {
    return ((Published) server.publish(channel, "e", data)).position();
  }

  /** Clauses 1.1, 2.1, 2.2. */
  @Test
  void helloIsAnsweredByWelcome() throws Exception {
    try (TestSocket socket = connect()) {
      assertThat(socket.subprotocol()).isEqualTo("carillon.v1");
      socket.send("{\"t\":\"hello\",\"i\":7,\"key\":\"" + KEY + "\",\"new\":[1]}");

      JsonNode welcome = next(socket);
      assertThat(welcome.get("i").asLong()).isEqualTo(7);
      assertThat(welcome.get("conn").asText()).isNotEmpty();
      assertThat(welcome.get("hb").asLong()).isEqualTo(25_000);
      assertThat(welcome.at("/limits/message").asInt()).isEqualTo(10_240);
    }
  }

  /** Clauses 2.4 and 7.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"sub\",\"i\":1,\"ch\":\"a\"}",
        "[]",
        "{\"t\":\"hello\",\"i\":1}",
        "{\"t\":\"hello\",\"i\":1,\"key\":\"nobody\"}",
        "not json"
      })
  void aConnectionThatDoesNotSayWhoItIsIsTurnedAway(String first) throws Exception {
    try (TestSocket socket = connect()) {
      socket.send(first);

      assertThat(next(socket).get("t").asText()).isEqualTo("err");
      JsonNode go = next(socket);
      assertThat(go.get("t").asText()).isEqualTo("go");
      assertThat(go.get("v").asText()).isEqualTo("fatal");
      assertThat(socket.closeCode()).isBetween(4000, 4099);
    }
  }

  /** Clauses 1.2, 2.3, 3.2, 3.3, 3.6, 4.1, 4.2. */
  @Test
  void framesBehindHelloAreCarriedOutAndMessagesCoverTheirPositions() throws Exception {
    try (TestSocket socket = connect()) {
      socket.send(
          "[{\"t\":\"hello\",\"i\":1,\"key\":\""
              + KEY
              + "\"},{\"t\":\"sub\",\"i\":2,\"ch\":\"chat:1\"},{\"t\":\"sub\",\"i\":3,\"ch\":\"b\"}]");
      assertThat(next(socket).get("t").asText()).isEqualTo("welcome");
      JsonNode subbed = next(socket);
      assertThat(subbed.get("t").asText()).isEqualTo("subbed");
      assertThat(subbed.get("i").asLong()).isEqualTo(2);
      assertThat(subbed.get("o").asLong()).isEqualTo(subbed.get("start").asLong());
      assertThat(subbed.has("recovered")).isFalse();
      assertThat(next(socket).get("i").asLong()).isEqualTo(3);

      Position position = publish("chat:1", "hé\"llo");

      JsonNode push = next(socket);
      assertThat(push.get("t").asText()).isEqualTo("msg");
      assertThat(push.has("i")).isFalse();
      assertThat(push.get("ch").asText()).isEqualTo("chat:1");
      assertThat(push.get("e").asLong()).isEqualTo(position.epoch()).isLessThan(1L << 53);
      assertThat(push.get("f").asLong()).isEqualTo(position.offset() - 1);
      assertThat(push.get("o").asLong()).isEqualTo(position.offset());
      assertThat(push.at("/m/0/n").asText()).isEqualTo("e");
      assertThat(push.at("/m/0/d").asText()).isEqualTo("hé\"llo");
    }
  }

  /** Clauses 4.3 and 4.4. */
  @Test
  void sinceGivesWhatWasMissedThenWhatIsLive() throws Exception {
    Position first = publish("resume", "1");
    publish("resume", "2");
    publish("resume", "3");
    try (TestSocket socket = opened()) {
      socket.send(sub(2, "resume", first));
      JsonNode subbed = next(socket);
      assertThat(subbed.get("recovered").asBoolean()).isTrue();
      assertThat(subbed.get("start").asLong()).isEqualTo(first.offset());
      JsonNode missed = next(socket);
      assertThat(missed.get("f").asLong()).isEqualTo(first.offset());
      assertThat(missed.get("m")).hasSize(2);
      assertThat(missed.at("/m/1/d").asText()).isEqualTo("3");

      publish("resume", "4");
      assertThat(next(socket).at("/m/0/d").asText()).isEqualTo("4");

      socket.send(sub(3, "resume", new Position(first.epoch(), first.offset() + 1)));
      assertThat(next(socket).get("recovered").asBoolean()).isTrue();
      assertThat(next(socket).get("m")).hasSize(2);
      publish("resume", "5");
      assertThat(next(socket).at("/m/0/d").asText()).as("once, after both").isEqualTo("5");
      publish("resume", "6");
      assertThat(next(socket).at("/m/0/d").asText()).isEqualTo("6");
    }
  }

  /** Clause 4.3. */
  @Test
  void aPositionThatCannotBeContinuedIsToldSo() throws Exception {
    Position top = publish("lost", "1");
    try (TestSocket socket = opened()) {
      socket.send(sub(2, "lost", new Position(top.epoch() - 1, 1)));
      JsonNode subbed = next(socket);
      assertThat(subbed.get("recovered").asBoolean()).isFalse();
      assertThat(subbed.get("why").asText()).isEqualTo("epoch");
      assertThat(subbed.get("o").asLong()).isEqualTo(top.offset());

      publish("lost", "2");
      assertThat(next(socket).at("/m/0/d").asText()).isEqualTo("2");
    }
  }

  private static String sub(int i, String channel, Position since) {
    return "{\"t\":\"sub\",\"i\":"
        + i
        + ",\"ch\":\""
        + channel
        + "\",\"since\":{\"e\":"
        + since.epoch()
        + ",\"o\":"
        + since.offset()
        + "}}";
  }

  /** Clauses 4.1 (rewind), 6.1 and 6.2. */
  @Test
  void thePastComesByRewindingAndByPages() throws Exception {
    for (int n = 1; n <= 5; n++) {
      publish("past", String.valueOf(n));
    }
    try (TestSocket socket = opened()) {
      socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"past\",\"rewind\":2}");
      assertThat(next(socket).get("start").asLong()).isEqualTo(3);
      JsonNode rewound = next(socket);
      assertThat(rewound.at("/m/0/d").asText()).isEqualTo("4");
      assertThat(rewound.at("/m/1/d").asText()).isEqualTo("5");

      socket.send("{\"t\":\"hist\",\"i\":3,\"ch\":\"past\",\"limit\":2}");
      JsonNode page = next(socket);
      assertThat(page.get("i").asLong()).isEqualTo(3);
      assertThat(page.at("/m/0/d").asText()).isEqualTo("5");
      assertThat(page.get("more").asBoolean()).isTrue();
      assertThat(page.get("o").asLong()).isEqualTo(5);

      socket.send(
          "{\"t\":\"hist\",\"i\":4,\"ch\":\"past\",\"limit\":10,\"after\":{\"e\":"
              + page.get("e").asLong()
              + ",\"o\":2}}");
      JsonNode forward = next(socket);
      assertThat(forward.get("m")).hasSize(3);
      assertThat(forward.at("/m/0/d").asText()).isEqualTo("3");
      assertThat(forward.get("more").asBoolean()).isFalse();
    }
  }

  /** Clauses 2.5, 4.6, 8.1, 8.2. */
  @Test
  void aKeyAloneOpensNoPrivateDoorAndPublishesNothing() throws Exception {
    try (TestSocket socket = opened()) {
      socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"private-a\"}");
      JsonNode refused = next(socket);
      assertThat(refused.get("t").asText()).isEqualTo("err");
      assertThat(refused.get("i").asLong()).isEqualTo(2);
      assertThat(refused.get("ch").asText()).isEqualTo("private-a");
      assertThat(refused.get("kind").asText()).isEqualTo("capability-denied");
      assertThat(refused.get("retry").asText()).isEqualTo("no");

      socket.send("{\"t\":\"pub\",\"i\":3,\"ch\":\"open\",\"m\":[{\"n\":\"a\",\"d\":1}]}");
      assertThat(next(socket).get("kind").asText()).isEqualTo("capability-denied");
      socket.send("{\"t\":\"hist\",\"i\":4,\"ch\":\"presence-a\"}");
      assertThat(next(socket).get("kind").asText()).isEqualTo("capability-denied");
      socket.send("{\"t\":\"ping\"}");
      assertThat(next(socket).get("t").asText()).isEqualTo("pong");
    }
  }

  /** Clauses 1.3, 1.5, 8.2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"nothing\",\"i\":5}",
        "{\"i\":5}",
        "{\"t\":7,\"i\":5}",
        "{\"t\":\"sub\",\"i\":5}",
        "{\"t\":\"sub\",\"i\":5,\"ch\":\"a b\"}",
        "{\"t\":\"sub\",\"i\":5,\"ch\":\"a\",\"rewind\":0}",
        "{\"t\":\"sub\",\"i\":5,\"ch\":\"a\",\"rewind\":1001}",
        "{\"t\":\"sub\",\"i\":5,\"ch\":\"a\",\"since\":3}",
        "{\"t\":\"sub\",\"i\":5,\"ch\":\"a\",\"since\":{\"e\":1,\"o\":-1}}",
        "{\"t\":\"pub\",\"i\":5,\"ch\":\"a\",\"m\":[]}",
        "{\"t\":\"pub\",\"i\":5,\"ch\":\"a\",\"m\":[{\"d\":1}]}",
        "{\"t\":\"pub\",\"i\":5,\"ch\":\"a\",\"m\":[{\"n\":\"x\",\"d\":\"%\",\"enc\":\"b64\"}]}",
        "{\"t\":\"hist\",\"i\":5,\"ch\":\"a\",\"limit\":1001}",
        "{\"t\":\"hello\",\"i\":5,\"key\":\"again\"}"
      })
  void aRefusedFrameDoesNotEndTheConnection(String frame) throws Exception {
    try (TestSocket socket = opened()) {
      socket.send(frame);

      JsonNode refused = next(socket);
      assertThat(refused.get("t").asText()).isEqualTo("err");
      assertThat(refused.get("i").asLong()).isEqualTo(5);
      assertThat(refused.get("msg").asText()).isNotBlank();
      socket.send("{\"t\":\"ping\"}");
      assertThat(next(socket).get("t").asText()).isEqualTo("pong");
    }
  }

  /** Clause 8.2. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"t\":", "7", "[1]", "{} {}", ""})
  void aMessageThatIsNotAFrameEndsTheConnection(String message) throws Exception {
    try (TestSocket socket = opened()) {
      socket.send(message);

      assertThat(next(socket).get("kind").asText()).isEqualTo("malformed-frame");
      assertThat(socket.closeCode()).isBetween(4000, 4099);
    }
  }

  /** Clause 7.5. */
  @Test
  void byeEndsTheConnectionNormally() throws Exception {
    try (TestSocket socket = opened()) {
      socket.send("{\"t\":\"bye\"}");

      assertThat(socket.closeCode()).isEqualTo(1000);
    }
  }

  /** Clause 4.5. */
  @Test
  void unsubscribingEndsASubscriptionAndIsFineTwice() throws Exception {
    try (TestSocket socket = opened()) {
      socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"gone\"}");
      next(socket);
      socket.send(
          "[{\"t\":\"unsub\",\"i\":3,\"ch\":\"gone\"},{\"t\":\"unsub\",\"i\":4,\"ch\":\"gone\"}]");
      assertThat(next(socket).get("i").asLong()).isEqualTo(3);
      assertThat(next(socket).get("i").asLong()).isEqualTo(4);
      assertThat(server.subscriptions("gone")).isZero();
    }
  }
}
