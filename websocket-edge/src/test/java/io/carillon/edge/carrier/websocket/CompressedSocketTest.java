package io.carillon.edge.carrier.websocket;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.edge.fixture.DeflatingClient;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.RawTcp;
import io.carillon.edge.fixture.TestSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 7692 on real sockets; clauses 1.11 and 1.12. */
@Timeout(60)
class CompressedSocketTest {
  private static final String NATIVE = "/v1/realtime";
  private static final String PUSHER = "/app/" + KEY + "?protocol=7";
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
  private static final String HELLO = "{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}";
  private static final String SUB = "{\"t\":\"sub\",\"i\":2,\"ch\":\"big\"}";

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itIsAgreedOnWhenAskedForAndConfigured() throws Exception {
    assertThat(extension(server, NATIVE, OFFER))
        .contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
    assertThat(extension(server, NATIVE)).isEmpty();
    assertThat(extension(server, PUSHER, OFFER)).isEmpty();
    try (EdgeServer all = new EdgeServer(Map.of("carillon.compression", "all"));
        EdgeServer none = new EdgeServer(Map.of("carillon.compression", "none"))) {
      assertThat(extension(all, PUSHER, OFFER)).contains("permessage-deflate");
      assertThat(extension(none, NATIVE, OFFER)).isEmpty();
    }
  }

  private static String extension(EdgeServer server, String path, String... headers)
      throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      String head = client.upgrade(path, headers);
      assertThat(head).startsWith("HTTP/1.1 101 ");
      int start = head.indexOf("Sec-WebSocket-Extensions");
      return start < 0 ? "" : head.substring(start, head.indexOf('\r', start));
    }
  }

  @Test
  void aLibrarysClientTalksCompressedBothWays() throws Exception {
    String token = server.token("ann", Duration.ofMinutes(1), Map.of("*", "publish subscribe"));
    String data = "compressible ".repeat(400);
    try (DeflatingClient client = new DeflatingClient(server.socketUri(NATIVE), "carillon.v1")) {
      client.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
      assertThat(client.next()).contains("welcome");
      client.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"lib\"}");
      assertThat(client.next()).contains("subbed");
      client.send(
          "{\"t\":\"pub\",\"i\":3,\"ch\":\"lib\",\"m\":[{\"n\":\"a\",\"d\":\"" + data + "\"}]}");
      assertThat(client.next() + client.next()).contains(data).contains("\"r\":[");
    }
  }

  @Test
  void largePushesAreCompressedForThoseWhoAskedAlone() throws Exception {
    String data = "0123456789".repeat(500);
    try (RawTcp deflated = new RawTcp(server.port());
        TestSocket plain = new TestSocket(server.socketUri(NATIVE), "carillon.v1")) {
      deflated.upgrade(NATIVE, OFFER);
      deflated.send(RawTcp.textFrame(HELLO)).send(RawTcp.textFrame(SUB));
      plain.send(HELLO).send(SUB);
      deflated.nextFrame();
      deflated.nextFrame();
      plain.next();
      plain.next();

      server.publish("big", "small", "x");
      server.publish("big", "large", data);

      assertThat(deflated.nextFrame().firstByte()).as("below the threshold").isEqualTo(0x81);
      RawTcp.Frame large = deflated.nextFrame();
      assertThat(large.firstByte()).as("text with RSV1").isEqualTo(0xC1);
      assertThat(large.bytes().length).isLessThan(300);
      byte[] inflated = Deflate.inflate(large.bytes(), 10_000);
      plain.next();
      assertThat(new String(inflated, StandardCharsets.UTF_8))
          .isEqualTo(plain.next())
          .contains(data);
    }
  }

  @Test
  void aBombIsRefused() throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      client.upgrade(NATIVE, OFFER);
      client.send(RawTcp.textFrame(HELLO));
      client.nextFrame();
      byte[] bomb = Objects.requireNonNull(Deflate.deflate(new byte[32 << 20]));
      assertThat(bomb).hasSizeLessThan(40_000);

      client.send(RawTcp.frame(0xC1, bomb));

      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void whatIsNotCompressedAfterAllIsRefused() throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      client.upgrade(NATIVE, OFFER);
      client.send(RawTcp.frame(0xC1, HexFormat.of().parseHex("ffffffff")));
      assertThat(client.closeCode()).isEqualTo(1007);
    }
    try (RawTcp client = new RawTcp(server.port())) {
      client.upgrade(NATIVE);
      client.send(RawTcp.frame(0xC1, HexFormat.of().parseHex("f248cdc9c90700")));
      assertThat(client.closeCode()).isEqualTo(1002);
    }
  }
}
