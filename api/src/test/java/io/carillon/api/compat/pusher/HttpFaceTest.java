package io.carillon.api.compat.pusher;

import static io.carillon.api.Backend.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.api.Backend;
import io.carillon.api.FailingLog;
import io.carillon.core.Node;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.KeyId;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFaceTest {
  private static final int BODY_MAX = 100_000;
  private static final String EVENT = "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"d\"}";

  private final ApiServer server =
      new ApiServer(
          ports -> ports,
          Map.of(
              "micronaut.server.max-request-size",
              BODY_MAX,
              "micronaut.server.cors.enabled",
              true,
              // the test's host is localhost, for which any origin is not enough
              "micronaut.server.cors.localhost-pass-through",
              true));

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /apps/3/nothing, 404",
    "GET, /apps/3, 404",
    "GET, /apps/3/channels/a/b/c, 404",
    "GET, /apps/3/events, 405",
    "DELETE, /apps/3/channels/a, 405",
    "POST, /apps/3/events, 401",
    "GET, /apps/3/channels, 401",
    "GET, /apps/none/channels, 401",
    "GET, /apps/3/channels?auth_key, 401",
    "GET, /apps/3/channels?a=1&a=2, 400",
  })
  void everyErrorIsOneSentenceOfPlainText(String method, String path, int status) {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri(path)).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertPlain(response);
  }

  @Test
  void anErrorKeepsItsStatusForABrowser() {
    for (String origin : new String[] {"https://example.com", "null"}) {
      HttpResponse<String> response =
          server.send(
              HttpRequest.newBuilder(server.uri("/apps/3/channels")).header("Origin", origin));

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("access-control-allow-origin")).isPresent();
      assertPlain(response);
    }
  }

  @Test
  void aBodyBeyondTheServersLimitIs413() {
    HttpResponse<String> response = server.post(ACME, "/events", "x".repeat(BODY_MAX + 1));

    assertThat(response.statusCode()).isEqualTo(413);
    assertPlain(response);
  }

  @Test
  void aBodyInPiecesBeyondTheServersLimitIs413() {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/apps/3/events"))
                .POST(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofString("x".repeat(BODY_MAX + 1)))));

    assertThat(response.statusCode()).isEqualTo(413);
    assertPlain(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
        "nonsense"
      })
  void theBodyIsReadWhateverItsContentType(String type) {
    Map<String, String> query =
        ACME.signed("POST", "/apps/3/events", Map.of(), EVENT, server.ticker.epochSeconds());

    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/apps/3/events?" + Backend.plain(query)))
                .header("content-type", type)
                .POST(BodyPublishers.ofString(EVENT)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void aDisabledApplicationIs403() {
    Backend off = new Backend("5", "off", "secret");
    AppSettings defaults = AppSettings.DEFAULT;
    server.directory.add(
        off.app(),
        off.key(),
        off.secret(),
        new AppSettings(false, defaults.features(), defaults.limits()));

    HttpResponse<String> response = server.post(off, "/events", EVENT);

    assertThat(response.statusCode()).isEqualTo(403);
    assertPlain(response);
    assertThat(server.texts(off, "c")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apps/3/channels/%zz",
        "/apps/3/channels/%",
        "/apps/3/channels/%ff",
        "/apps/3/channels/%00",
        "/apps/3/channels/a%0ab",
        "/apps/3/channels/a|b",
        "/apps/3/channels/\u00e9",
        "/apps/3/channels?filter_by_prefix=%zz",
        "/apps/3/channels?filter_by_prefix=<>",
        "/apps/%/events",
        "/apps/3/users/%zz/terminate_connections",
      })
  void aBrokenUrlIsTheClientsMistake(String target) throws IOException {
    String answer =
        server.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*").doesNotContain("Exception");
  }

  @Test
  void anAnswerToHeadHasNoBody() throws IOException {
    String path = "/apps/3/channels";
    Map<String, String> query =
        ACME.signed("HEAD", path, Map.of(), "", server.ticker.epochSeconds());

    for (String target : new String[] {path, "/apps/3/none", path + "?" + Backend.plain(query)}) {
      String answer =
          server.raw("HEAD " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 ").endsWith("\r\n\r\n");
    }
  }

  @Test
  void aProcessWithoutTheRoleHasNoneOfIt() {
    try (ApiServer other = new ApiServer(ports -> ports, Map.of("carillon.role.api", "false"))) {
      assertThat(other.post(ACME, "/events", EVENT).statusCode()).isEqualTo(404);
      assertThat(other.texts(ACME, "c")).isEmpty();
    }
  }

  @Test
  void noBodyOfAnyKindBreaksTheServer() {
    Random random = new Random(42);
    String pieces = "{}[]\",:\\u0000nulltrue1e9 'name''data''channel'\u00e9";
    for (int i = 0; i < 300; i++) {
      StringBuilder body = new StringBuilder(i % 2 == 0 ? "{\"name\":" : "");
      for (int length = random.nextInt(40); length > 0; length--) {
        body.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      String path = i % 3 == 0 ? "/batch_events" : "/events";
      HttpResponse<String> response = server.post(ACME, path, body.toString());
      assertThat(response.statusCode()).as("seed 42, body %s: %s", i, body).isEqualTo(400);
      assertPlain(response);
    }
  }

  @Test
  void theLibraryThatUsedAKeyIsRemembered() {
    String path = "/apps/3/channels";
    Map<String, String> query =
        ACME.signed("GET", path, Map.of(), "", server.ticker.epochSeconds());

    server.send(
        HttpRequest.newBuilder(server.uri(path + "?" + Backend.plain(query)))
            .header("X-Pusher-Library", "pusher-http-node 5.3.4"));

    assertThat(server.bean(Node.class).keyUses().since(server.ticker.epochMillis()))
        .filteredOn(seen -> seen.key().equals(new KeyId(ACME.key())))
        .extracting(seen -> seen.client().library())
        .contains("pusher-http-node 5.3.4");
  }

  @Test
  void anEngineThatFailsIsTemporarilyUnavailable() {
    assertUnavailable(CompletableFuture.failedFuture(new IOException("no route")));
  }

  @Test
  void anEngineThatDoesNotAnswerIsTemporarilyUnavailable() {
    assertUnavailable(new CompletableFuture<>());
  }

  private static void assertUnavailable(CompletionStage<?> appended) {
    try (ApiServer broken = new ApiServer(FailingLog.on("append", () -> appended), Map.of())) {
      HttpResponse<String> response = broken.post(ACME, "/events", EVENT);

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("retry-after")).hasValue("1");
      assertPlain(response);
    }
  }

  private static void assertPlain(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body())
        .isNotBlank()
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain(ACME.secret());
  }
}
