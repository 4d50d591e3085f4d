package io.carillon.edge.protocol;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.runtime.Ticker;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How clients are told of limits of addresses, applications and connections. */
@Timeout(60)
class LimitsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static EdgeServer server(Map<Limit, Long> limits, Map<String, Object> properties) {
    AppSettings settings =
        new AppSettings(
            true,
            AppSettings.DEVELOPMENT.features(),
            Limits.of(new LimitPlan("plan", limits), Map.of()));
    return new EdgeServer(
        properties, EdgeServer.app(settings), new LocalEngine(Ticker.SYSTEM, 1 << 28).ports());
  }

  private static TestSocket welcomed(EdgeServer server) throws InterruptedException {
    TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
    String token =
        server.token("anna", Duration.ofHours(1), Map.of("*", "subscribe history publish"));
    socket.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
    socket.next();
    return socket;
  }

  /** Clauses 4.1 and 8.1. */
  @Test
  void whoSubscribesTooFastIsToldWhenToGoOn() throws Exception {
    Map<Limit, Long> limits =
        Map.of(Limit.CHANNELS_PER_CONNECTION, 3L, Limit.SUBSCRIPTIONS_PER_SECOND, 1L);
    try (EdgeServer server = server(limits, Map.of());
        TestSocket socket = welcomed(server)) {
      for (int i = 2; i < 6; i++) {
        socket.send("{\"t\":\"sub\",\"i\":" + i + ",\"ch\":\"c\"}");
        assertThat(socket.next()).contains("\"t\":\"subbed\"");
        socket.send("{\"t\":\"unsub\",\"i\":" + 10 * i + ",\"ch\":\"c\"}");
        socket.next();
      }
      socket.send("{\"t\":\"sub\",\"i\":6,\"ch\":\"c\"}");

      JsonNode refusal = JSON.readTree(socket.next());

      assertThat(refusal.get("kind").asText()).isEqualTo("subscription-rate");
      assertThat(refusal.get("retry").asText()).isEqualTo("later");
      assertThat(refusal.get("after").asLong()).isBetween(1L, 1_000L);
    }
  }

  /** Clauses 6.1 and 8.1. */
  @Test
  void whoReadsHistoryTooFastIsToldWhenToGoOn() throws Exception {
    try (EdgeServer server = server(Map.of(Limit.HISTORY_READS_PER_SECOND, 1L), Map.of());
        TestSocket socket = welcomed(server)) {
      socket.send("{\"t\":\"hist\",\"i\":2,\"ch\":\"c\",\"limit\":10}");
      assertThat(socket.next()).contains("\"t\":\"ok\"");
      socket.send("{\"t\":\"hist\",\"i\":3,\"ch\":\"c\",\"limit\":10}");

      JsonNode refusal = JSON.readTree(socket.next());

      assertThat(refusal.get("kind").asText()).isEqualTo("history-rate");
      assertThat(refusal.get("after").asLong()).isBetween(1L, 1_000L);
    }
  }

  @Test
  void anApplicationThatOpensConnectionsTooFastHasThemClosedWith4100() throws Exception {
    try (EdgeServer server = server(Map.of(Limit.CONNECTIONS_PER_SECOND, 1L), Map.of());
        TestSocket first = new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7"));
        TestSocket second = new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7"))) {
      assertThat(first.next()).contains("connection_established");
      assertThat(second.closeCode()).isEqualTo(4100);
      assertThat(server.node().connections()).isEqualTo(1);
    }
  }

  @Test
  void anAddressThatTriesTooOftenIsRefusedBeforeThereIsASocket() throws Exception {
    Map<String, Object> properties =
        Map.of(
            "carillon.limits.address-connections-per-second",
            1,
            "carillon.trusted-proxies",
            "127.0.0.0/8");
    try (EdgeServer server = server(Map.of(), properties)) {
      for (int i = 0; i < 10; i++) {
        assertThat(handshake(server, "192.0.2.1")).startsWith("HTTP/1.1 101");
      }

      String refused = handshake(server, "192.0.2.1");

      assertThat(refused).startsWith("HTTP/1.1 429").contains("Retry-After: 1");
      assertThat(handshake(server, "192.0.2.2")).startsWith("HTTP/1.1 101");
    }
  }

  private static String handshake(EdgeServer server, String from) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/realtime HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: "
                      + from
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return in.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
  }
}
