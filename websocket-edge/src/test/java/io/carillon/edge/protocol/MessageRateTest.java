package io.carillon.edge.protocol;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static io.carillon.edge.fixture.EdgeServer.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.auth.Signatures;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How sockets are told that their application publishes too fast. */
@Timeout(60)
class MessageRateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SOCKET_ID = Pattern.compile("socket_id\\\\\":\\\\\"(\\d+\\.\\d+)");

  private final EdgeServer server = EdgeServer.limited(1);

  @AfterEach
  void stop() {
    server.close();
  }

  /** Clauses 5.2, 5.4 and 8.1. */
  @Test
  void aPublishBeyondTheLimitIsRefusedWithTheTimeToWait() throws Exception {
    try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
      String token = server.token("anna", Duration.ofHours(1), Map.of("*", "publish"));
      socket.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
      socket.next();
      String item = "{\"n\":\"e\",\"d\":1}";
      socket.send("{\"t\":\"pub\",\"i\":2,\"ch\":\"c\",\"m\":[" + item + "," + item + "]}");

      JsonNode results = JSON.readTree(socket.next()).get("r");

      assertThat(results.at("/0/o").asLong()).isEqualTo(1);
      assertThat(results.at("/1/kind").asText()).isEqualTo("message-rate");
      assertThat(results.at("/1/retry").asText()).isEqualTo("later");
      assertThat(results.at("/1/after").asLong()).isBetween(1L, 1_000L);
    }
  }

  @Test
  void clientEventsOfPusherCountAndAreRefusedWith4301() throws Exception {
    try (TestSocket socket =
        new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7&client=test"))) {
      Matcher hello = SOCKET_ID.matcher(socket.next());
      assertThat(hello.find()).isTrue();
      String auth = KEY + ":" + Signatures.sign(SECRET, hello.group(1) + ":private-room");
      socket.send(
          "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-room\",\"auth\":\""
              + auth
              + "\"}}");
      assertThat(socket.next()).contains("subscription_succeeded");
      socket.next();
      String event = "{\"event\":\"client-e\",\"channel\":\"private-room\",\"data\":{}}";
      socket.send(event);
      socket.send(event);

      assertThat(socket.next()).contains("pusher:error").contains("4301").contains("too fast");
    }
  }
}
