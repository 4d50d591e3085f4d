package io.carillon.edge.protocol;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static io.carillon.edge.fixture.EdgeServer.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.auth.Signatures;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a limited key may do on sockets: by itself, by its tokens and by its signatures. */
@Timeout(60)
class KeyLimitsTest {
  private static final Pattern SOCKET_ID = Pattern.compile("socket_id\\\\\":\\\\\"(\\d+\\.\\d+)");
  private static final KeyId FREE = new KeyId("free-key");

  private final EdgeServer server = new EdgeServer(Map.of());

  @BeforeEach
  void limit() {
    App app = EdgeServer.app(AppSettings.DEVELOPMENT);
    Capabilities limit =
        Capabilities.of(
            Map.of(
                new ChannelPattern("news"), Set.of(Operation.SUBSCRIBE),
                new ChannelPattern("private-a"), Set.of(Operation.SUBSCRIBE)));
    server
        .directory()
        .put(
            new App(
                app.id(),
                app.tenant(),
                app.settings(),
                List.of(
                    new ApiKey(KEY, SECRET, "limited", limit), new ApiKey(FREE, SECRET, "free")),
                List.of()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String sub(String channel) {
    return "{\"t\":\"sub\",\"i\":2,\"ch\":\"" + channel + "\"}";
  }

  /** Clauses 2.5 and 2.9. */
  @Test
  void theNativeProtocolGoesByTheKeyOfHelloAndOfTheToken() throws Exception {
    String token = server.token("anna", Duration.ofHours(1), Map.of("*", "subscribe publish"));
    for (String shown : List.of("\"key\":\"" + KEY + "\"", "\"token\":\"" + token + "\"")) {
      try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
        socket.send("{\"t\":\"hello\",\"i\":1," + shown + "}");
        assertThat(socket.next()).contains("welcome");

        assertThat(socket.send(sub("other")).next())
            .contains("capability-denied", "in the limit of the key " + KEY);
        assertThat(socket.send(sub("news")).next()).contains("subbed");
      }
    }
  }

  @Test
  void aSignatureOfPushersIsWorthWhatItsKeyIs() throws Exception {
    try (TestSocket socket = new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7"))) {
      Matcher hello = SOCKET_ID.matcher(socket.next());
      assertThat(hello.find()).isTrue();
      String id = hello.group(1);

      assertThat(subscribed(socket, id, KEY, "private-a")).contains("subscription_succeeded");
      socket.next();
      assertThat(subscribed(socket, id, KEY, "private-b"))
          .contains("subscription_error", "limit of the key");
      socket.next();
      assertThat(subscribed(socket, id, FREE, "private-b")).contains("subscription_succeeded");
      socket.next();
      socket.send("{\"event\":\"client-e\",\"channel\":\"private-a\",\"data\":{}}");
      assertThat(socket.next()).contains("pusher:error", "publish to private-a");
    }
  }

  private static String subscribed(TestSocket socket, String id, KeyId key, String channel)
      throws InterruptedException {
    String auth = key + ":" + Signatures.sign(SECRET, id + ":" + channel);
    return socket
        .send(
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\""
                + channel
                + "\",\"auth\":\""
                + auth
                + "\"}}")
        .next();
  }
}
