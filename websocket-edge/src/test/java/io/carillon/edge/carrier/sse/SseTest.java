package io.carillon.edge.carrier.sse;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.RawTcp;
import io.carillon.edge.fixture.TestSocket;
import io.carillon.edge.fixture.TestStream;
import io.carillon.edge.fixture.TestStream.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 13 of the protocol over real sockets: streams, tickets, and sending beside a stream. */
@Timeout(60)
class SseTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration HOUR = Duration.ofHours(1);

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of("carillon.allowed-origins", "https://a.example"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode next(TestStream stream, String type) throws Exception {
    Event event = stream.next();
    JsonNode data = JSON.readTree(event.data());
    assertThat(event.type()).as(event.data()).isEqualTo(type);
    assertThat(data.get("t").asText()).isEqualTo(type);
    return data;
  }

  private static HttpResponse<String> post(String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String up(String session, String frames) {
    return "{\"session\":\"" + session + "\",\"frames\":" + frames + "}";
  }

  /** Clauses 13.1, 13.2, 13.6. */
  @Test
  void aStreamCarriesTheSameObjects() throws Exception {
    try (TestStream stream = TestStream.ofKey(server, "&ch=one&ch=two", null)) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
      assertThat(stream.header("Cache-Control")).contains("no-cache");
      assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(stream.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(next(stream, "welcome").get("conn").asText()).isNotEmpty();
      assertThat(next(stream, "subbed").get("ch").asText()).isEqualTo("one");
      assertThat(next(stream, "subbed").get("ch").asText()).isEqualTo("two");

      server.publish("two", "greeting", "hello\nworld");

      JsonNode message = next(stream, "msg");
      assertThat(message.get("ch").asText()).isEqualTo("two");
      assertThat(message.at("/m/0/d").asText()).isEqualTo("hello\nworld");
      assertThat(message.get("f").asLong()).isEqualTo(message.get("o").asLong() - 1);
    }
  }

  /** Clause 13.4: one id resumes all channels. */
  @Test
  void theLastEventIdResumesEveryChannel() throws Exception {
    String id;
    try (TestStream stream = TestStream.ofKey(server, "&ch=left&ch=right", null)) {
      next(stream, "welcome");
      next(stream, "subbed");
      next(stream, "subbed");
      server.publish("left", "heard", "1");
      next(stream, "msg");
      stream.readId();
      id = stream.lastEventId();
    }
    server.publish("left", "missed", "2");
    server.publish("right", "missed", "3");

    try (TestStream stream = TestStream.ofKey(server, "&ch=left&ch=right", id)) {
      next(stream, "welcome");
      assertThat(next(stream, "subbed").get("recovered").asBoolean()).isTrue();
      assertThat(next(stream, "msg").at("/m/0/d").asText()).isEqualTo("2");
      assertThat(next(stream, "subbed").get("recovered").asBoolean()).isTrue();
      assertThat(next(stream, "msg").at("/m/0/d").asText()).isEqualTo("3");
    }
    try (TestStream stream = TestStream.ofKey(server, "&cursor=" + id, null)) {
      next(stream, "welcome");
      assertThat(next(stream, "subbed").get("recovered").asBoolean()).isTrue();
      assertThat(next(stream, "msg").get("m")).hasSize(1);
    }
  }

  /** Clauses 13.5 and 4.3. */
  @Test
  void sinceAndRewindAreGivenForEachChannel() throws Exception {
    server.publish("past", "a", "1");
    server.publish("past", "b", "2");
    server.publish("other", "c", "3");

    long epoch;
    try (TestStream stream = TestStream.ofKey(server, "&ch=past&ch=other&rewind=1", null)) {
      next(stream, "welcome");
      epoch = next(stream, "subbed").get("e").asLong();
      assertThat(next(stream, "msg").at("/m/0/d").asText()).isEqualTo("2");
      next(stream, "subbed");
      assertThat(next(stream, "msg").at("/m/0/d").asText()).isEqualTo("3");
    }
    String query = "&ch=past&ch=other&since=" + epoch + "@1&since=" + (epoch - 1) + "@1";
    try (TestStream stream = TestStream.ofKey(server, query, null)) {
      next(stream, "welcome");
      assertThat(next(stream, "subbed").get("recovered").asBoolean()).isTrue();
      assertThat(next(stream, "msg").at("/m/0/d").asText()).isEqualTo("2");
      JsonNode lost = next(stream, "subbed");
      assertThat(lost.get("recovered").asBoolean()).isFalse();
      assertThat(lost.get("why").asText()).isEqualTo("epoch");
    }
  }

  /** Clause 13.6: more than is given at once comes in parts, without being asked for. */
  @Test
  void aLongPastIsGivenToItsEnd() throws Exception {
    String id;
    try (TestStream stream = TestStream.ofKey(server, "&ch=long", null)) {
      next(stream, "welcome");
      next(stream, "subbed");
      stream.readId();
      id = stream.lastEventId();
    }
    int count = 200;
    String large = "x".repeat(9_000);
    for (int i = 0; i < count; i++) {
      server.publish("long", "n", i + ":" + large);
    }
    try (TestStream stream = TestStream.ofKey(server, "&ch=long", id)) {
      next(stream, "welcome");
      int seen = 0;
      while (seen < count) {
        Event event = stream.next();
        if (event.type().equals("msg")) {
          for (JsonNode item : JSON.readTree(event.data()).get("m")) {
            assertThat(item.get("d").asText()).startsWith(seen + ":");
            seen++;
          }
        } else {
          assertThat(JSON.readTree(event.data()).get("recovered").asBoolean()).isTrue();
        }
      }
      server.publish("long", "n", "live");
      assertThat(next(stream, "msg").at("/m/0/d").asText()).isEqualTo("live");
    }
  }

  /** Clause 13.2: what a browser would repeat in vain is a status. */
  @ParameterizedTest
  @CsvSource({
    "ch=a, 401, credentials-invalid",
    "ch=a&key=nobody, 401, app-unknown",
    "ch=a&ticket=AAAA, 401, ticket-invalid",
    "ch=a&cursor=AAAA, 400, cursor-invalid",
    "ch=a&ch=a, 400, bad-request",
    "ch=a%20b, 400, channel-name-invalid",
    "ch=a&since=1, 400, position-invalid",
    "ch=a&ch=b&since=1@1, 400, bad-request",
    "ch=a&rewind=0, 400, bad-request",
  })
  void whatIsWrongIsAProblem(String query, int status, String code) throws Exception {
    String uri = "http://127.0.0.1:" + server.port() + "/v1/sse?" + query;
    try (TestStream stream = new TestStream(uri, request -> request)) {
      assertThat(stream.status()).isEqualTo(status);
      assertThat(stream.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(JSON.readTree(stream.body()).get("code").asText()).isEqualTo(code);
    }
  }

  /** Clause 4.6: the other channels are not touched. */
  @Test
  void aChannelThatIsRefusedIsAnErrorInTheStream() throws Exception {
    try (TestStream stream = TestStream.ofKey(server, "&ch=private-a&ch=open", null)) {
      next(stream, "welcome");
      JsonNode error = next(stream, "err");
      assertThat(error.get("ch").asText()).isEqualTo("private-a");
      assertThat(error.get("kind").asText()).isEqualTo("capability-denied");
      assertThat(next(stream, "subbed").get("ch").asText()).isEqualTo("open");
    }
  }

  /** Clause 13.3. */
  @Test
  void aTicketOpensOneStreamWithItsToken() throws Exception {
    String token = server.token("anna", HOUR, Map.of("private-a", "subscribe"));
    HttpResponse<String> answer = post("/v1/tickets", token, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode ticket = JSON.readTree(answer.body());
    assertThat(ticket.get("expires").asLong() - System.currentTimeMillis()).isBetween(1L, 30_000L);
    String uri =
        "http://127.0.0.1:"
            + server.port()
            + "/v1/sse?ch=private-a&ticket="
            + ticket.get("ticket").asText();
    try (TestStream stream = new TestStream(uri, request -> request)) {
      assertThat(next(stream, "welcome").get("you").asText()).isEqualTo("anna");
      assertThat(next(stream, "subbed").get("ch").asText()).isEqualTo("private-a");
    }
    try (TestStream again = new TestStream(uri, request -> request)) {
      assertThat(again.status()).isEqualTo(401);
      assertThat(again.body()).contains("ticket-invalid");
    }
    assertThat(post("/v1/tickets", "no.such.token", "").statusCode()).isEqualTo(401);
    assertThat(post("/v1/tickets", "", "").statusCode()).isEqualTo(401);
  }

  /** Clauses 2.1 and 13.3. */
  @Test
  void aTicketSaysHelloOnASocketOnce() throws Exception {
    String token = server.token("anna", HOUR, Map.of("private-a", "subscribe"));
    String ticket = JSON.readTree(post("/v1/tickets", token, "").body()).get("ticket").asText();
    String hello = "{\"t\":\"hello\",\"i\":1,\"ticket\":\"" + ticket + "\"}";
    try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
      JsonNode welcome = JSON.readTree(socket.send(hello).next());
      assertThat(welcome.get("t").asText()).isEqualTo("welcome");
      assertThat(welcome.get("you").asText()).isEqualTo("anna");
    }
    try (TestSocket again = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
      JsonNode error = JSON.readTree(again.send(hello).next());
      assertThat(error.get("kind").asText()).isEqualTo("ticket-invalid");
    }
  }

  /** Clause 13.8. */
  @Test
  void framesGoUpBesideTheStreamAndAreAnsweredInIt() throws Exception {
    String token = server.token("anna", HOUR, Map.of("private-chat", "subscribe publish"));
    try (TestStream stream = TestStream.ofToken(server, "", token)) {
      String session = next(stream, "welcome").get("session").asText();
      String frames =
          "[{\"t\":\"sub\",\"i\":1,\"ch\":\"private-chat\"},"
              + "{\"t\":\"pub\",\"i\":2,\"ch\":\"private-chat\",\"m\":[{\"n\":\"a\",\"d\":{\"x\":1}}]}]";

      assertThat(post("/v1/up", "", up(session, frames)).statusCode()).isEqualTo(204);

      assertThat(next(stream, "subbed").get("i").asInt()).isEqualTo(1);
      Event first = stream.next();
      Event second = stream.next();
      JsonNode push = JSON.readTree(first.type().equals("msg") ? first.data() : second.data());
      JsonNode ok = JSON.readTree(first.type().equals("ok") ? first.data() : second.data());
      assertThat(push.at("/m/0/d/x").asInt()).isEqualTo(1);
      assertThat(ok.get("i").asInt()).isEqualTo(2);

      assertThat(
              post("/v1/up", "", up(session, "[{\"t\":\"unsub\",\"i\":3,\"ch\":\"private-chat\"}]"))
                  .statusCode())
          .isEqualTo(204);
      assertThat(next(stream, "ok").get("i").asInt()).isEqualTo(3);
      assertThat(post("/v1/up", "", up(session, "[{\"t\":\"bye\"}]")).statusCode()).isEqualTo(204);
      assertThat(stream.nextOrEnd()).isNull();
      HttpResponse<String> late = post("/v1/up", "", up(session, "[]"));
      assertThat(late.statusCode()).isEqualTo(404);
      assertThat(JSON.readTree(late.body()).get("code").asText()).isEqualTo("session-unknown");
      assertThat(JSON.readTree(late.body()).get("retry").asText()).isEqualTo("now");
    }
  }

  /** Clause 13.8: what is refused as a whole leaves the stream alone. */
  @Test
  void whatIsNoMessageIsRefusedWhereItCame() throws Exception {
    try (TestStream stream = TestStream.ofKey(server, "&ch=calm", null)) {
      String session = next(stream, "welcome").get("session").asText();
      next(stream, "subbed");
      assertThat(post("/v1/up", "", "{").statusCode()).isEqualTo(400);
      assertThat(post("/v1/up", "", "[]").statusCode()).isEqualTo(400);
      assertThat(post("/v1/up", "", up(session, "[1]")).statusCode()).isEqualTo(400);
      assertThat(post("/v1/up", "", up("guessed", "[]")).statusCode()).isEqualTo(404);
      server.publish("calm", "still", "here");
      assertThat(next(stream, "msg").at("/m/0/n").asText()).isEqualTo("still");
    }
  }

  /** Clause 13.6: a token that ends ends the stream, and says so. */
  @Test
  void aTokenThatEndsEndsTheStream() throws Exception {
    String token = server.token("anna", Duration.ofSeconds(2), Map.of("*", "subscribe"));
    try (TestStream stream = TestStream.ofToken(server, "ch=a", token)) {
      next(stream, "welcome");
      next(stream, "subbed");
      Event event = stream.next();
      if (event.type().equals("reauth")) {
        event = stream.next();
      }
      assertThat(JSON.readTree(event.data()).get("kind").asText()).isEqualTo("token-expired");
      assertThat(next(stream, "go").get("v").asText()).isEqualTo("token");
      assertThat(stream.nextOrEnd()).isNull();
    }
  }

  /** Clause 13.9. */
  @Test
  void pagesOfAllowedOriginsMayReadIt() throws Exception {
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send(
          "GET /v1/sse?ch=a&key="
              + KEY
              + " HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\n\r\n");
      assertThat(raw.head())
          .startsWith("HTTP/1.1 200 OK")
          .contains("Access-Control-Allow-Origin: https://a.example\r\n")
          .contains("Vary: Origin\r\n");
    }
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send("OPTIONS /v1/sse HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\n\r\n");
      assertThat(raw.head()).contains("Access-Control-Allow-Headers: authorization");
    }
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send("GET /v1/sse?ch=a HTTP/1.1\r\nHost: x\r\nOrigin: https://b.example\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 403");
    }
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send("POST /v1/sse HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 405");
    }
  }

  /** Proxies speak HTTP/1.0 unless they are told otherwise. */
  @Test
  void aStreamForHttp10IsNotChunked() throws Exception {
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send("GET /v1/sse?ch=a&key=" + KEY + " HTTP/1.0\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 200 OK").doesNotContain("chunked");
    }
  }

  /** Clause 13.6: a client that does not read is cut, and its session ends. */
  @Test
  void aReaderThatDoesNotReadIsCut() throws Exception {
    try (RawTcp raw = new RawTcp(server.port())) {
      raw.send("GET /v1/sse?ch=slow&key=" + KEY + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 200 OK");
      server.awaitSubscriptions("slow", 1);
      String large = "y".repeat(10_000);
      for (int i = 0; i < 1_000 && server.subscriptions("slow") > 0; i++) {
        server.publish("slow", "n", large);
      }
      server.awaitSubscriptions("slow", 0);
      assertThat(raw.ends()).isTrue();
    }
  }

  @Test
  void aReaderThatLeavesLeavesNothing() throws Exception {
    try (TestStream stream = TestStream.ofKey(server, "&ch=brief", null)) {
      next(stream, "welcome");
      next(stream, "subbed");
      server.awaitSubscriptions("brief", 1);
    }
    server.awaitSubscriptions("brief", 0);
  }
}
