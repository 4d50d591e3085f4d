package io.carillon.edge.listen;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Origins;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.RawTcp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clauses 2.10 and 13.9: pages of origins that an application does not take, by every way in. */
class AppOriginsTest {
  private static final String OURS = "https://ours.example";
  private static final String THEIRS = "https://theirs.example";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final AppSettings OPEN = AppSettings.DEVELOPMENT;

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    // as the whole server has it; the framework keeps foreign pages from local servers otherwise
    String cors = "micronaut.server.cors.";
    server = new EdgeServer(Map.of(cors + "enabled", true, cors + "localhost-pass-through", true));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void restrict() {
    allow(new Origins(List.of(OURS)));
  }

  private static void allow(Origins origins) {
    server
        .directory()
        .put(
            EdgeServer.app(
                new AppSettings(OPEN.enabled(), OPEN.features(), OPEN.limits(), origins)));
  }

  private static String token() {
    return server.token("anna", Duration.ofHours(1), Map.of("*", "subscribe"));
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** The close code, or 0 when the connection is open. */
  private static int pusher(String... headers) throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      assertThat(client.upgrade("/app/" + KEY + "?protocol=7", headers)).startsWith("HTTP/1.1 101");
      RawTcp.Frame first = client.nextFrame();
      return first.firstByte() == 0x81
          ? 0
          : (first.payload().charAt(0) << 8) | first.payload().charAt(1);
    }
  }

  /** The close code, or 0 when the connection is open. */
  private static int realtime(String credentials, String origin) throws Exception {
    try (RawTcp client = new RawTcp(server.port())) {
      assertThat(client.upgrade("/v1/realtime", "Origin: " + origin)).startsWith("HTTP/1.1 101");
      String hello = "{\"t\":\"hello\",\"i\":1," + credentials.replace('\'', '"') + "}";
      client.send(RawTcp.frame(0x81, hello.getBytes(StandardCharsets.UTF_8)));
      String first = client.nextFrame().payload();
      if (first.contains("welcome")) {
        return 0;
      }
      assertThat(first).contains("40315").doesNotContain(OURS);
      return client.closeCode();
    }
  }

  @Test
  void aPusherSocketIsClosedWithACodeAfterWhichClientsStayAway() throws Exception {
    assertThat(pusher("Origin: " + THEIRS)).isEqualTo(4009);
    assertThat(pusher("Origin: null")).isEqualTo(4009);
    assertThat(pusher("Origin: " + OURS)).isZero();
    assertThat(pusher()).as("a program").isZero();
  }

  @Test
  void anOwnSocketIsClosedAfterItsHello() throws Exception {
    for (String credentials : List.of("'key':'" + KEY + "'", "'token':'" + token() + "'")) {
      assertThat(realtime(credentials, THEIRS)).isEqualTo(4009);
      assertThat(realtime(credentials, OURS)).isZero();
    }
  }

  @Test
  void streamsPollsAndTicketsAre403() throws Exception {
    String bearer = "Bearer " + token();
    for (String path : List.of("/v1/sse?ch=a", "/v1/poll?ch=a&wait=1")) {
      for (HttpResponse<String> answer :
          List.of(
              send("GET", path + "&key=" + KEY, "Origin", THEIRS),
              send("GET", path, "Origin", THEIRS, "Authorization", bearer))) {
        assertThat(answer.statusCode()).as(path).isEqualTo(403);
        assertThat(answer.body()).contains("\"origin-denied\"").doesNotContain(OURS);
      }
    }
    assertThat(send("POST", "/v1/tickets", "Origin", THEIRS, "Authorization", bearer).statusCode())
        .isEqualTo(403);
    assertThat(send("POST", "/v1/tickets", "Origin", OURS, "Authorization", bearer).statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/v1/poll?ch=a&wait=1&key=" + KEY, "Origin", OURS).statusCode())
        .isEqualTo(200);
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send("GET /v1/sse?ch=a&key=" + KEY + " HTTP/1.1\r\nHost: x\r\nOrigin: " + OURS);
      raw.send("\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void theHttpFallbackIsToldTheCloseCode() throws Exception {
    String path = "/pusher/app/" + KEY + "/1/";
    assertThat(send("POST", path + "theirs01/xhr?protocol=7", "Origin", THEIRS).body())
        .contains("c[4009,")
        .doesNotContain("connection_established");
    assertThat(send("POST", path + "ours0001/xhr?protocol=7", "Origin", OURS).body())
        .contains("connection_established");
  }

  @Test
  void aChangeCountsForWhoComesThenAndIsNotedForWhoLooksIntoIt() throws Exception {
    allow(Origins.ALL);
    assertThat(pusher("Origin: " + THEIRS)).isZero();
    allow(new Origins(List.of(OURS)));
    assertThat(pusher("Origin: " + THEIRS)).isEqualTo(4009);
    assertThat(server.node().refusals().newest(EdgeServer.APP, 1))
        .extracting(RefusalFacts::code)
        .containsExactly(ErrorCode.ORIGIN_DENIED.number());
  }
}
