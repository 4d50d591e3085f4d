package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.core.model.Position;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.Msgpack;
import io.carillon.edge.fixture.TestSocket;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MsgpackSocketTest {
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
    return new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1.msgpack");
  }

  private static TestSocket opened() throws Exception {
    TestSocket socket = connect();
    say(socket, "{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
    assertThat(next(socket).get("t").asText()).isEqualTo("welcome");
    return socket;
  }

  private static void say(TestSocket socket, String json) {
    socket.send(Msgpack.of(json));
  }

  private static JsonNode next(TestSocket socket) throws Exception {
    return Msgpack.tree(socket.nextBinary());
  }

  /** Clauses 1.7, 2.3, 3.3. */
  @Test
  void framesGoBothWaysInMessagePack() throws Exception {
    try (TestSocket socket = connect()) {
      assertThat(socket.subprotocol()).isEqualTo("carillon.v1.msgpack");
      say(
          socket,
          "[{\"t\":\"hello\",\"i\":1,\"key\":\""
              + KEY
              + "\",\"new\":[{}]},{\"t\":\"sub\",\"i\":2,\"ch\":\"mp\"}]");
      JsonNode welcome = next(socket);
      assertThat(welcome.get("i").asLong()).isEqualTo(1);
      assertThat(welcome.at("/limits/message").asInt()).isEqualTo(10_240);
      assertThat(next(socket).get("start").asLong()).isZero();

      Position position = ((Published) server.publish("mp", "e", "hé\"llo")).position();

      JsonNode push = next(socket);
      assertThat(push.get("t").asText()).isEqualTo("msg");
      assertThat(push.get("e").asLong()).isEqualTo(position.epoch());
      assertThat(push.get("f").asLong()).isEqualTo(position.offset() - 1);
      assertThat(push.at("/m/0/d").asText()).isEqualTo("hé\"llo");
    }
  }

  /** Clauses 1.7, 8.2. */
  @ParameterizedTest
  @ValueSource(strings = {"", "07", "9107", "8080", "c1", "81a174", "dfffffffff", "c7ff01"})
  void aMessageThatIsNotAFrameEndsTheConnection(String hex) throws Exception {
    try (TestSocket socket = opened()) {
      socket.send(HexFormat.of().parseHex(hex));

      assertThat(next(socket).get("kind").asText()).isEqualTo("malformed-frame");
      assertThat(socket.closeCode()).isBetween(4000, 4099);
    }
  }
}
