package io.carillon.standalone.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of somebody else's uses the browser of a person who is signed in here, or frames ours. */
@ExtendWith(AttackedServer.class)
class PagesElsewhereTest {
  private static final String NO_CREDENTIALS = "access-control-allow-credentials";
  private static final String READABLE = "access-control-allow-origin";

  private final ConsoleServer server;

  PagesElsewhereTest(ConsoleServer server) {
    this.server = server;
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.client.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "https://app.example.com.evil.example",
        "https://evil-app.example.com",
        "https://evilapp.example.com",
        "https://xn--app-example-com.evil",
        "http://app.example.com",
        "https://app.example.com:444",
        "https://APP.example.com",
        "https://app.example.com.",
        "https://user@app.example.com",
        "https://app.example.com@evil.example",
        "https://app.example.com/",
        "https://app.example.com, https://evil.example",
        "https://\u00e4pp.example.com",
      })
  void ofAnOriginThatIsNotAllowedConnectsByNoWay(String origin) throws Exception {
    String get = "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: " + origin + "\r\n";
    String upgrade =
        get.replace("Connection: close", "Connection: Upgrade")
            + "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Version: 13\r\n\r\n";
    String post = get.replace("GET", "POST") + "Content-Length: 0\r\n\r\n";
    for (String request :
        List.of(
            upgrade.formatted("/v1/realtime"),
            upgrade.formatted("/app/victim-key?protocol=7"),
            (get + "\r\n").formatted("/v1/sse?ch=a&key=victim-key"),
            (get + "\r\n").formatted("/v1/poll?ch=a&key=victim-key"),
            post.formatted("/pusher/app/victim-key/1/abcdefgh/xhr_streaming?protocol=7"),
            post.formatted("/pusher/app/victim-key/1/abcdefgh/xhr?protocol=7"),
            post.formatted("/pusher/app/victim-key/1/abcdefgh/xhr_send"),
            post.formatted("/v1/up?id=x"),
            post.formatted("/v1/tickets"))) {
      RawExchange exchange = RawExchange.with(server.url, request);

      assertThat(exchange.statuses()).as(request + exchange.text()).containsExactly(403);
      assertThat(exchange.text()).doesNotContainIgnoringCase(READABLE);
    }
  }

  @Test
  void ofAnOriginThatIsAllowedReadsWithoutCookies() throws Exception {
    for (String path : List.of("/v1/channels", "/v1/console/session", "/v1/poll?ch=a&key=x")) {
      HttpResponse<String> answer = send("GET", path, "Origin", AttackedServer.ORIGIN);

      assertThat(answer.headers().firstValue(READABLE)).hasValue(AttackedServer.ORIGIN);
      assertThat(answer.headers().allValues("vary")).contains("Origin");
      assertThat(answer.headers().firstValue(NO_CREDENTIALS)).isEmpty();
    }
    for (String origin : List.of("https://evil.example", "null", "http://app.example.com")) {
      for (String path : List.of("/v1/channels", "/v1/console/session", "/openapi")) {
        HttpResponse<String> answer = send("GET", path, "Origin", origin);

        assertThat(answer.headers().firstValue(READABLE)).as(path).isEmpty();
        assertThat(answer.headers().firstValue(NO_CREDENTIALS)).as(path).isEmpty();
      }
    }
  }

  @Test
  void cannotFrameOursNorPutScriptsIntoThem() throws Exception {
    for (String path : List.of("/", "/console", "/console/t/1", "/verify", "/assets/none.js")) {
      HttpResponse<String> page = send("GET", path);
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");

      assertThat(policy)
          .as(path)
          .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
          .contains("form-action 'self'")
          .doesNotContain("unsafe", "*", "data:", "http:");
      assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/console",
        "/assets/none.js",
        "/docs/",
        "/docs/none",
        "/docs/errors.md",
        "/nothing",
        "/openapi",
        "/health",
        "/v1/console/session",
        "/v1/channels",
        "/v1/nothing",
        "/apps/1001/channels",
        "/v1/poll?ch=a"
      })
  void cannotHaveAnAnswerTakenForWhatItIsNot(String path) throws Exception {
    for (String method : List.of("GET", "PUT")) {
      HttpResponse<String> answer = send(method, path);

      assertThat(answer.headers().allValues("X-Content-Type-Options"))
          .as("%s %s: %s", method, path, answer.statusCode())
          .containsExactly("nosniff");
      assertThat(answer.headers().allValues("Strict-Transport-Security"))
          .containsExactly("max-age=31536000");
    }
  }

  /** What a request says of itself comes back in answers, and never as lines of their head. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x%0d%0aSet-Cookie:%20a=b",
        "/docs/x%0d%0aSet-Cookie:%20a=b",
        "/console/x%0d%0aSet-Cookie:%20a=b",
        "/v1/console/tenants/x%0d%0aSet-Cookie:%20a=b",
        "/v1/channels/x%0d%0aSet-Cookie:%20a=b",
        "/v1/console/identity/callback?state=%0d%0aSet-Cookie:%20a=b&code=%0d%0aSet-Cookie:%20a=b",
        "/v1/poll?ch=%0d%0aSet-Cookie:%20a=b&key=x",
        "/v1/sse?ch=%0d%0aSet-Cookie:%20a=b&key=x"
      })
  void cannotSplitAnAnswer(String path) throws Exception {
    String head = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
    RawExchange exchange =
        RawExchange.with(server.url, head + "X-Request-Id: a%0d%0aSet-Cookie: a=b\r\n\r\n");

    assertThat(exchange.statuses()).as(exchange.text()).hasSize(1);
    assertThat(exchange.text().split("\r\n\r\n", 2)[0].lines())
        .noneMatch(line -> line.startsWith("Set-Cookie: a=b"));
  }
}
