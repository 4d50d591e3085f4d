package io.carillon.api.http;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.api.Backend;
import io.carillon.api.FailingLog;
import io.carillon.core.Node;
import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.KeyId;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallGateTest {
  private static final int BODY_MAX = 100_000;
  private static final String PATH = "/channels/c/messages";
  private static final String MESSAGE = quoted("{'name':'e','data':'d'}");

  private final ApiServer server =
      new ApiServer(ports -> ports, Map.of("micronaut.server.max-request-size", BODY_MAX));

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void whoeverIsNotKnownIsRefusedInTheSameWords() {
    String[] headers = {
      "",
      "Basic",
      "Basic !!!",
      "Digest " + coded(ACME.key() + ":" + ACME.secret()),
      "Basic " + coded(""),
      "Basic " + coded(":"),
      "Basic " + coded(ACME.key()),
      "Basic " + coded(ACME.key() + ":"),
      "Basic " + coded(ACME.key() + ":" + ACME.secret() + "x"),
      "Basic " + coded(ACME.key() + ":" + OTHER.secret()),
      "Basic " + coded("unknown:" + ACME.secret()),
      "Basic " + coded("no key:" + ACME.secret()),
    };
    String first = null;
    for (String header : headers) {
      HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/v1/channels"));
      if (!header.isEmpty()) {
        request.header("authorization", header);
      }
      HttpResponse<String> response = server.send(request);

      assertProblem(response, ErrorCode.CREDENTIALS_INVALID);
      assertThat(response.headers().firstValue("www-authenticate"))
          .hasValue("Basic realm=\"carillon\", charset=\"UTF-8\"");
      first = first == null ? response.body() : first;
      assertThat(response.body()).as(header).isEqualTo(first);
    }
  }

  @Test
  void twoSetsOfCredentialsAreNone() {
    HttpRequest.Builder request =
        server.restRequest("GET", ACME, "/channels", "").header("authorization", OTHER.basic());

    assertProblem(server.send(request), ErrorCode.CREDENTIALS_INVALID);
  }

  @Test
  void theSchemeIsReadInAnyCase() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/v1/channels"))
            .header("authorization", ACME.basic().replace("Basic", "bAsIc"));

    assertThat(server.send(request).statusCode()).isEqualTo(200);
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

    assertProblem(server.rest("POST", off, PATH, MESSAGE), ErrorCode.APP_DISABLED);
    assertThat(server.texts(off, "c")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/nothing, PATH_NOT_FOUND",
    "GET, /v1, PATH_NOT_FOUND",
    "GET, /v1/channels/a/b/c, PATH_NOT_FOUND",
    "PUT, /v1/channels/a/messages, METHOD_NOT_ALLOWED",
    "GET, /v1/messages, METHOD_NOT_ALLOWED",
    "DELETE, /v1/channels/a, METHOD_NOT_ALLOWED",
  })
  void whatThereIsNotIsAProblem(String method, String path, ErrorCode code) {
    for (String accept : new String[] {"*/*", "application/json", "text/html"}) {
      HttpResponse<String> response =
          server.send(
              HttpRequest.newBuilder(server.uri(path))
                  .header("accept", accept)
                  .method(method, BodyPublishers.noBody()));

      assertProblem(response, code, path);
      assertThat(response.headers().firstValue("allow").isPresent())
          .isEqualTo(code == ErrorCode.METHOD_NOT_ALLOWED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x"
      })
  void anotherContentTypeIs415(String type) {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/v1" + PATH))
                .header("authorization", ACME.basic())
                .header("content-type", type)
                .POST(BodyPublishers.ofString(MESSAGE)));

    assertProblem(response, ErrorCode.MEDIA_TYPE_UNSUPPORTED, type, "application/json");
  }

  @Test
  void aBodyBeyondTheServersLimitIs413() {
    String body = "x".repeat(BODY_MAX + 1);

    assertProblem(server.rest("POST", ACME, PATH, body), ErrorCode.REQUEST_TOO_LARGE);
    assertProblem(
        server.send(
            HttpRequest.newBuilder(server.uri("/v1" + PATH))
                .header("content-type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body)))),
        ErrorCode.REQUEST_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /channels?nonsense=1, parameter nonsense",
    "GET, /channels?limit=1&limit=2, twice",
    "GET, /channels?prefix=%00, %00",
    "GET, /channels/a?prefix=b, none",
    "GET, /channels/%ff, %ff",
    "GET, /channels/a%00b, %00",
    "POST, /channels/a/messages?name=b, none",
  })
  void aQueryOrPathThatIsNotUnderstoodIsRefused(String method, String path, String part)
      throws IOException {
    String answer =
        server.raw(
            method
                + " /v1"
                + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                + ACME.basic()
                + "\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", part)
        .doesNotContain("Exception");
  }

  @Test
  void noBodyOfAnyKindBreaksTheServer() {
    Random random = new Random(42);
    String pieces = "{}[]\",:\\u0000nulltrue1e9 'name''data''messages'\u00e9";
    for (int i = 0; i < 200; i++) {
      StringBuilder body = new StringBuilder(i % 2 == 0 ? "{\"name\":" : "{");
      for (int length = random.nextInt(40); length > 0; length--) {
        body.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      HttpResponse<String> response =
          server.rest("POST", ACME, i % 3 == 0 ? "/messages" : PATH, body.toString());
      assertProblem(response, ErrorCode.BAD_REQUEST);
    }
  }

  @Test
  void whoUsesAKeyIsRemembered() {
    server.send(
        server.restRequest("GET", OTHER, "/channels", "").header("user-agent", "backend/1"));

    assertThat(server.bean(Node.class).keyUses().since(0))
        .filteredOn(seen -> seen.client().library().equals("backend/1"))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.key()).isEqualTo(new KeyId(OTHER.key()));
              assertThat(seen.client().protocol()).isEqualTo(Protocol.REST);
              assertThat(seen.client().from().text()).isEqualTo("127.0.0.0/24");
              assertThat(seen.atMillis()).isEqualTo(server.ticker.epochMillis());
            });
  }

  @Test
  void whatIsRefusedIsNotedForThoseWhoLookIntoIt() {
    server.send(server.restRequest("GET", OTHER, "/channels?what=1", ""));
    server.send(
        HttpRequest.newBuilder(server.uri("/v1/channels"))
            .header("authorization", "Basic " + coded(OTHER.key() + ":no")));

    List<RefusalFacts> refused =
        server.bean(Node.class).refusals().newest(new AppId(OTHER.app()), 10);
    assertThat(refused)
        .extracting(RefusalFacts::code)
        .startsWith(ErrorCode.CREDENTIALS_INVALID.number(), ErrorCode.BAD_REQUEST.number());
    assertThat(refused.getFirst().key()).isEqualTo(OTHER.key());
    assertThat(refused.getFirst().what()).isEqualTo("GET /v1/channels");
  }

  @Test
  void anEngineThatFailsOrIsSilentIsTemporarilyUnavailable() {
    for (var answer :
        new CompletableFuture<?>[] {
          CompletableFuture.failedFuture(new IOException("no route")), new CompletableFuture<>()
        }) {
      try (ApiServer broken = new ApiServer(FailingLog.on("append", () -> answer), Map.of())) {
        HttpResponse<String> response = broken.rest("POST", ACME, PATH, MESSAGE);

        assertProblem(response, ErrorCode.UNAVAILABLE);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
      }
    }
  }

  @Test
  void whatBreaksInTheServerIs500WithoutATrace() {
    try (ApiServer broken =
        new ApiServer(
            FailingLog.on(
                "head",
                () -> {
                  throw new IllegalStateException("secret inside");
                }),
            Map.of())) {
      HttpResponse<String> response = broken.rest(ACME, "/channels/c");

      assertProblem(response, ErrorCode.INTERNAL_ERROR);
      assertThat(response.body()).doesNotContain("inside", "\tat ");
    }
  }

  @Test
  void aProcessWithoutTheRoleHasNoneOfIt() {
    try (ApiServer other = new ApiServer(ports -> ports, Map.of("carillon.role.api", "false"))) {
      assertThat(other.rest("POST", ACME, PATH, MESSAGE).statusCode()).isEqualTo(404);
      assertThat(other.texts(ACME, "c")).isEmpty();
    }
  }

  @Test
  void everyProblemLinksToItsLineInTheCatalogue() {
    HttpResponse<String> page = server.send(HttpRequest.newBuilder(server.uri("/docs/errors.md")));

    assertThat(page.statusCode()).isEqualTo(200);
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(page.body()).contains("<a id=\"" + code.slug() + "\"></a>");
    }
  }

  private static String coded(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
