package io.carillon.edge.carrier.websocket;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.RawTcp;
import io.carillon.edge.fixture.TestSocket;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketCarrierTest {
  private static final String PATH = "/app/" + KEY + "?protocol=7";
  private static final int OUTBOX_BYTES = 64 * 1024;

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server =
        new EdgeServer(
            Map.of(
                "carillon.heartbeat.interval-seconds",
                2,
                "carillon.heartbeat.activity-timeout-seconds",
                1,
                "carillon.heartbeat.pong-timeout-seconds",
                1,
                "carillon.limits.outbox-bytes",
                OUTBOX_BYTES,
                "carillon.allowed-origins",
                "https://app.example.com"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawTcp opened() throws Exception {
    RawTcp client = new RawTcp(server.port());
    assertThat(client.upgrade(PATH))
        .startsWith("HTTP/1.1 101 ")
        // the example of RFC 6455, 1.3
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(client.nextFrame().payload()).contains("connection_established");
    return client;
  }

  @Test
  void answersACloseWithTheSameCode() throws Exception {
    try (RawTcp client = opened()) {
      client.send(RawTcp.frame(0x88, new byte[] {0x0F, (byte) 0xA1}));

      assertThat(client.closeCode()).isEqualTo(4001);
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void answersPingsWithTheirPayload() throws Exception {
    try (RawTcp client = opened()) {
      client.send(RawTcp.frame(0x89, new byte[] {1, 2, 3}));

      RawTcp.Frame pong = client.nextFrame();
      assertThat(pong.firstByte()).isEqualTo(0x8A);
      assertThat(pong.payload()).isEqualTo("\1\2\3");
    }
  }

  @Test
  void closesBreachesOfTheProtocolWithTheirCodes() throws Exception {
    try (RawTcp client = opened()) {
      client.send(RawTcp.frame(0x81, new byte[] {(byte) 0xFF}));
      assertThat(client.closeCode()).isEqualTo(1007);
    }
    try (RawTcp client = opened()) {
      client.send(RawTcp.frame(0x82, new byte[] {1}));
      assertThat(client.closeCode()).isEqualTo(1003);
    }
    try (RawTcp client = opened()) {
      client.send(new byte[] {(byte) 0x81, 1, 'x'});
      assertThat(client.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void framesThatCameWithTheRequestAreNotLost() throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      String ping =
          new String(
              RawTcp.textFrame("{\"event\":\"pusher:ping\",\"data\":{}}"),
              StandardCharsets.ISO_8859_1);
      client.send(
          "GET "
              + PATH
              + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: WebSocket\r\nConnection: keep-alive,"
              + " Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Version: 13\r\n\r\n"
              + ping);
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.nextFrame().payload()).contains("connection_established");
      assertThat(client.nextFrame().payload()).contains("pusher:pong");
    }
  }

  @Test
  void asksASilentClientAndGivesItUp() throws Exception {
    try (RawTcp client = opened()) {
      assertThat(client.nextFrame().firstByte()).as("a ping").isEqualTo(0x89);
      assertThat(client.closeCode()).isEqualTo(4201);
      assertThat(client.ends()).isTrue();
    }
  }

  /**
   * Clause 7.1: native clients had the pace of Pusher's, so that one on a network that fell silent
   * was present for 165 seconds.
   */
  @Test
  void asksASilentNativeClientAtItsOwnPaceAndGivesItUp() throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      assertThat(client.upgrade("/v1/realtime")).startsWith("HTTP/1.1 101 ");
      client.send(RawTcp.textFrame("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}"));
      assertThat(client.nextFrame().payload()).contains("\"t\":\"welcome\"", "\"hb\":2000,");

      assertThat(client.nextFrame().payload()).isEqualTo("{\"t\":\"ping\"}");
      client.send(RawTcp.textFrame("{\"t\":\"pong\"}"));
      assertThat(client.nextFrame().payload()).as("asked again").isEqualTo("{\"t\":\"ping\"}");
      assertThat(client.nextFrame().payload()).contains("\"kind\":\"pong-timeout\"");
      assertThat(client.nextFrame().payload()).contains("\"t\":\"go\"", "\"v\":\"now\"");
      assertThat(client.closeCode()).isEqualTo(4201);
      assertThat(client.ends()).isTrue();
    }
  }

  /** 120,000 forged tokens in ten seconds held 90 MB, each connection for five seconds. */
  @Test
  void nothingIsKeptOfAConnectionThatHasGone() {
    WebSocketCarrier carrier = server.awaiting();
    EmbeddedChannel channel = new EmbeddedChannel(carrier);
    carrier.close(Problem.of(ErrorCode.HELLO_MISSING));
    assertThat(channel.runScheduledPendingTasks()).as("waits for the client").isPositive();

    channel.pipeline().fireChannelInactive(); // closing this channel would end all timers itself
    assertThat(channel.runScheduledPendingTasks()).as("waits for nothing").isEqualTo(-1);
    channel.finishAndReleaseAll();
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndItsNeighbourHearsEverything() throws Exception {
    int messages = 1_000;
    String data = "x".repeat(10_000);
    try (RawTcp stalled = opened();
        TestSocket neighbour = new TestSocket(server.socketUri(PATH))) {
      String subscribe = "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"flood\"}}";
      neighbour.next();
      neighbour.send(subscribe);
      assertThat(neighbour.next()).contains("subscription_succeeded");
      assertThat(neighbour.next()).contains("subscription_count");
      stalled.send(RawTcp.textFrame(subscribe));
      assertThat(neighbour.next()).contains("\\\"subscription_count\\\":2");

      for (int i = 0; i < messages; i++) {
        server.publish("flood", "m" + i, data);
        assertThat(nextMessage(neighbour)).contains("\"m" + i + "\"");
      }

      assertThat(server.subscriptions("flood")).isEqualTo(1);
      assertThat(stalled.closeCode()).isEqualTo(4100);
    }
  }

  /** The count changes when the stalled one goes; that is not what is looked for. */
  private static String nextMessage(TestSocket socket) throws InterruptedException {
    String message = socket.next();
    return message.contains("subscription_count") ? socket.next() : message;
  }

  @Test
  void wrongHandshakesGetTheirStatus() throws Exception {
    assertThat(head("POST " + PATH + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ");
    assertThat(head("GET " + PATH + " HTTP/1.0\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    String start =
        "GET " + PATH + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n";
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    assertThat(head(start + "Sec-WebSocket-Version: 13\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(head(start + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(head(start + key + "Sec-WebSocket-Version: 8\r\n\r\n"))
        .startsWith("HTTP/1.1 426 ")
        .contains("Sec-WebSocket-Version: 13");
    assertThat(
            head(start + key + "Sec-WebSocket-Version: 13\r\nOrigin: https://evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(
            head(
                start
                    + key
                    + "Sec-WebSocket-Version: 13\r\nOrigin: https://app.example.com\r\n\r\n"))
        .startsWith("HTTP/1.1 101 ");
    assertThat(head("GET / HTTP/9.x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  private static String head(String request) throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      return client.send(request).head();
    }
  }

  @Test
  void plainRequestsPassToTheOtherRoutes() throws Exception {
    assertThat(head("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aProcessWithoutTheRoleOpensNoSockets() throws Exception {
    try (EdgeServer api = new EdgeServer(Map.of("carillon.role.edge", false));
        RawTcp client = new RawTcp(api.port())) {
      assertThat(client.upgrade(PATH)).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void drainingTellsEveryoneToComeBack() throws Exception {
    try (EdgeServer other = new EdgeServer(Map.of());
        TestSocket socket = new TestSocket(other.socketUri(PATH))) {
      socket.next();

      other.node().drain(Duration.ZERO).toCompletableFuture().join();

      assertThat(socket.closeCode()).isEqualTo(4200);
    }
  }
}
