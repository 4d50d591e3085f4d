package io.carillon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.HookReceiver;
import io.carillon.acceptance.harness.Installation;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.Scrape;
import io.carillon.acceptance.harness.TestApp;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What a real server logs when it is asked to log all it can: one object a line, that says whom and
 * what it is about, and nothing that anybody authenticates with.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LogsTest {
  private static final String OPERATOR = "operator-token-0123456789-0123456789";
  private static final String PASSWORD = "correct horse"; // as ConsoleUser has it
  private static final String REQUEST = "my-request.1";

  private final Installation installation = Installation.begin();
  private final HookReceiver receiver = new HookReceiver();
  private final ProcessServer server =
      installation.start(
          Map.of(
              "CARILLON_LOG_FORMAT",
              "json",
              "CARILLON_LOG_LEVEL",
              "debug",
              "CARILLON_ACCESS_LOG",
              "true",
              "CARILLON_OPERATOR_TOKEN",
              OPERATOR,
              "CARILLON_WEBHOOKS_ALLOWED_NETWORKS",
              "127.0.0.0/8"));

  private final List<String> secrets = new ArrayList<>(List.of(OPERATOR, PASSWORD));
  private final List<String> answers = new ArrayList<>();
  private String socketId = "";
  private String appId = "";

  @BeforeAll
  void traffic() {
    try (ConsoleUser user = new ConsoleUser(server, "owner@logs.example")) {
      TestApp app = appOf(user);
      appId = app.id();
      secrets.add(app.secret());
      addWebhook(user, app);
      RawSocket socket = app.subscriber("private-chat");
      socketId = socket.socketId();
      Deadline.await(
          "webhook",
          () -> {
            assertThat(app.rest().publish("private-chat", "n", "x").status()).isEqualTo(200);
            return !receiver.all().isEmpty();
          });
      wrongWays(app);
      app.close();
    }
    Deadline.await("close", () -> server.output().contains("connection closed"));
  }

  private TestApp appOf(ConsoleUser user) {
    String id = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
    JsonNode key = user.ofTenant("POST", "/apps/" + id + "/keys", "{\"label\":\"one\"}");
    TestApp app =
        new TestApp(server.url(), id, key.at("/key/id").asText(), key.get("secret").asText());
    Deadline.await("key", () -> app.rest().get("/channels").status() == 200);
    return app;
  }

  private void addWebhook(ConsoleUser user, TestApp app) {
    String hooks = "/apps/" + app.id() + "/webhooks";
    String wanted =
        Json.object(
            "url", receiver.url(), "format", "carillon", "types", List.of("message_published"));
    JsonNode made = user.ofTenant("POST", hooks, wanted);
    String secret = made.get("secret").asText();
    assertThat(secret).startsWith("whsec_");
    secrets.add(secret);
    String token =
        user.ofTenant("POST", hooks + "/" + made.at("/webhook/id").asText() + "/secret", "{}")
            .get("secret")
            .asText();
    secrets.add(token);
  }

  /** Everything by which one may try to come in, wrong, at every door. */
  private void wrongWays(TestApp app) {
    String wrong = known("wrong-secret-52f1");
    get("/v1/channels/chat", "Authorization", basic(app.key(), wrong));
    get("/v1/channels/chat", "Authorization", basic("wrong-key-52f1", wrong));
    get(
        "/v1/channels/chat",
        "Authorization",
        "Bearer " + known("eyJhbGciOiJIUzI1NiJ9.wrong-token"));
    String signature = known("5f1d7a84db00d2fce00b31a7fc73224cc5346705871a46a96974dc5f6453a9f2");
    get(
        "/apps/"
            + app.id()
            + "/channels?auth_key="
            + app.key()
            + "&auth_timestamp=1&auth_version=1.0"
            + "&auth_signature="
            + signature);
    for (String path : List.of("/v1/sse", "/v1/poll", "/v1/realtime", "/nowhere")) {
      get(path + "?ch=chat&token=" + known("token-in-query-7d" + path.length()));
      get(path + "?ch=chat&access_token=" + known("access-token-in-query-7d" + path.length()));
    }
    get(
        "/v1/operator/plans",
        "Authorization",
        "Bearer " + known("wrong-operator-token-0123456789abcdef"));
    get("/v1/operator/plans", "Authorization", "Bearer " + OPERATOR);
    get("/v1/console/tenants", "Cookie", "carillon_session=" + known("session-9a1"));
    get("/v1/console/tenants", "Authorization", "Bearer " + known("carillon_pat_0123456789abcdef"));
    RawSocket socket = app.connect();
    String auth = known("00aa7a84db00d2fce00b31a7fc73224cc5346705871a46a96974dc5f6453a9f2");
    socket.sendEvent("pusher:subscribe", "channel", "private-x", "auth", app.key() + ":" + auth);
    socket.sendEvent(
        "pusher:signin", "auth", app.key() + ":" + auth, "user_data", "{\"id\":\"1\"}");
    socket.awaitAnything();
    get("/v1/channels/chat", "X-Request-Id", REQUEST);
  }

  private String known(String secret) {
    secrets.add(secret);
    return secret;
  }

  private static String basic(String key, String secret) {
    return "Basic " + Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(UTF_8));
  }

  private HttpResponse<String> get(String path, String... headers) {
    URI url = URI.create(server.url() + path);
    HttpResponse<String> answer = Scrape.get(url, headers);
    answers.add(answer.headers().map() + "\n" + answer.body());
    return answer;
  }

  private List<JsonNode> lines() {
    return server.output().lines().map(Json::parse).toList();
  }

  @AfterAll
  void end() {
    server.close();
    receiver.close();
    installation.close();
  }

  @Test
  void everyLineIsAnObjectThatSaysWhenAndWhat() {
    List<JsonNode> lines = lines();

    assertThat(lines).hasSizeGreaterThan(20);
    for (JsonNode line : lines) {
      assertThat(OffsetDateTime.parse(line.get("time").asText()).getOffset())
          .isEqualTo(ZoneOffset.UTC);
      assertThat(line.get("level").asText()).isIn("DEBUG", "INFO", "WARN", "ERROR");
      assertThat(line.get("logger").asText()).isNotEmpty();
      assertThat(line.get("message").asText()).isNotEmpty();
    }
    assertThat(lines.getLast().get("node").asText()).startsWith("node-");
    assertThat(lines).anyMatch(it -> it.get("message").asText().startsWith("Carillon is ready on"));
  }

  @Test
  void connectionsSayWhoseTheyAre() {
    List<JsonNode> ofSocket =
        lines().stream().filter(it -> it.path("connection").asText().equals(socketId)).toList();

    assertThat(ofSocket)
        .extracting(it -> it.get("message").asText())
        .contains("connection opened", "connection closed");
    assertThat(ofSocket)
        .allSatisfy(
            it -> {
              assertThat(it.get("app").asText()).isEqualTo(appId);
              assertThat(it.get("level").asText()).isEqualTo("DEBUG");
            });
  }

  @Test
  void refusalsHaveTheErrorsName() {
    assertThat(lines())
        .anyMatch(
            it ->
                it.path("code").asText().equals("credentials-invalid")
                    && it.path("app").asText().equals(appId));
  }

  @Test
  void requestsHaveTheirSendersName() {
    assertThat(lines())
        .anyMatch(
            it ->
                it.path("request").asText().equals(REQUEST)
                    && it.get("message").asText().equals("GET /v1/channels/chat")
                    && it.get("status").asInt() == 401);
    HttpResponse<String> named = get("/health", "X-Request-Id", "order:7/a=b");
    assertThat(named.headers().firstValue("X-Request-Id")).contains("order:7/a=b");
    HttpResponse<String> strange = get("/health", "X-Request-Id", "\"quoted\" {}");
    assertThat(strange.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f]{16}");
    HttpResponse<String> unnamed = get("/health");
    assertThat(unnamed.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f]{16}");
  }

  @Test
  void nothingIsThereThatAnybodyAuthenticatesWith() {
    String all = server.output();

    assertThat(secrets).hasSizeGreaterThan(15);
    for (String secret : secrets) {
      assertThat(all).as("a secret in the log").doesNotContain(secret);
    }
    assertThat(all).doesNotContain("auth_signature").doesNotContain("Basic ");
  }

  /** Neither what was right nor what was tried, nor is any of it a label of the figures. */
  @Test
  void noAnswerRepeatsIt() {
    get("/metrics");

    assertThat(answers).hasSizeGreaterThan(15);
    for (String answer : answers) {
      assertThat(answer).doesNotContain(secrets);
    }
  }
}
