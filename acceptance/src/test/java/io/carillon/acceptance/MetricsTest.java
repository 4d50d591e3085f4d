package io.carillon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.EventStream;
import io.carillon.acceptance.harness.HookReceiver;
import io.carillon.acceptance.harness.Installation;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.NativeSocket;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.Scrape;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.core.metric.Metric;
import io.carillon.redis.RedisProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What an operator sees of a real server that had traffic, and that dashboards, alert rules and
 * runbooks speak of nothing else.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path PROMETHEUS = DEPLOY.resolve("prometheus");
  private static final Path RULES = PROMETHEUS.resolve("alerts.yml");
  private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks.md");
  private static final int TOLD = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Installation installation = Installation.begin();
  private final RedisProcess redis = RedisProcess.start();
  private final HookReceiver receiver = new HookReceiver();
  private final URI metrics = URI.create("http://127.0.0.1:" + freePort() + "/metrics");
  private final ProcessServer server =
      installation.start(
          Map.of(
              "CARILLON_METRICS_PORT",
              String.valueOf(metrics.getPort()),
              "CARILLON_REDIS_URL",
              "redis://127.0.0.1:" + redis.port() + "/0",
              "CARILLON_WEBHOOKS_ALLOWED_NETWORKS",
              "127.0.0.0/8"));

  private Scrape scrape = new Scrape("");

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A bit of everything, so that no figure is missing. */
  @BeforeAll
  void traffic() {
    try (ConsoleUser user = new ConsoleUser(server, "owner@metrics.example");
        TestApp app = appOf(user)) {
      String wanted =
          Json.object(
              "url", receiver.url(), "format", "carillon", "types", List.of("message_published"));
      user.ofTenant("POST", "/apps/" + app.id() + "/webhooks", wanted);
      assertThat(send(app, "PUT", "/v1/rules/orders", "{\"historyDays\":1}").statusCode())
          .isEqualTo(201);
      converse(app);
      refusals(app);
      Deadline.await("webhook", () -> !receiver.all().isEmpty());
    }
    Deadline.await(
        "end of connections",
        () -> Scrape.of(metrics).value("carillon_connections", "websocket") == 0);
    scrape = Scrape.of(metrics);
  }

  private TestApp appOf(ConsoleUser user) {
    String id = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
    JsonNode key = user.ofTenant("POST", "/apps/" + id + "/keys", "{\"label\":\"one\"}");
    TestApp app =
        new TestApp(server.url(), id, key.at("/key/id").asText(), key.get("secret").asText());
    Deadline.await("key", () -> app.rest().get("/channels").status() == 200);
    return app;
  }

  private void converse(TestApp app) {
    RawSocket one = app.subscriber("chat");
    RawSocket two = app.subscriber("chat");
    for (int i = 0; i < TOLD; i++) {
      String body = "{\"id\":\"m" + i + "\",\"name\":\"n\",\"data\":\"" + "x".repeat(100) + "\"}";
      assertThat(send(app, "POST", "/v1/channels/chat/messages", body).statusCode()).isEqualTo(201);
    }
    send(app, "POST", "/v1/channels/chat/messages", "{\"id\":\"m0\",\"name\":\"n\",\"data\":\"\"}");
    Deadline.await(
        "messages", () -> one.heard("n").size() == TOLD && two.heard("n").size() == TOLD);
    for (int i = 0; i < 100; i++) { // of sixteen appends one is timed
      assertThat(app.rest().publish("quiet", "n", "x").status()).isEqualTo(200);
    }
    send(app, "POST", "/v1/channels/orders/messages", "{\"name\":\"n\",\"data\":\"x\"}");
    goOn(app);
    Deadline.await(
        "ticks of event loops",
        () -> Scrape.of(metrics).value("carillon_event_loop_lag_seconds_count") > 2);
  }

  /** A stream that goes on where an earlier one was. */
  private void goOn(TestApp app) {
    String last;
    try (EventStream first = new EventStream(app, "orders", null)) {
      first.next();
      first.next();
      send(app, "POST", "/v1/channels/orders/messages", "{\"name\":\"n\",\"data\":\"y\"}");
      first.next();
      send(app, "POST", "/v1/channels/orders/messages", "{\"name\":\"n\",\"data\":\"z\"}");
      first.next();
      last = first.lastId();
    }
    try (EventStream second = new EventStream(app, "orders", last)) {
      second.next();
      second.next();
    }
  }

  private void refusals(TestApp app) {
    send(app, "POST", "/v1/channels/chat/messages", "{\"name\":7}");
    send(
        app,
        "POST",
        "/v1/channels/chat/messages",
        "{\"name\":\"n\",\"data\":\"" + "x".repeat(900_000) + "\"}");
    try (NativeSocket socket = new NativeSocket(app.server(), app.key())) {
      socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"private-x\"}");
      socket.await("err");
    }
    URI stranger = URI.create("ws://" + app.server().getAuthority() + "/app/nobody?protocol=7");
    try (RawSocket refused = RawSocket.open(stranger)) {
      refused.awaitClose();
    }
  }

  private HttpResponse<String> send(TestApp app, String method, String path, String body) {
    String login = app.key() + ":" + app.secret();
    HttpRequest request =
        HttpRequest.newBuilder(app.server().resolve(path))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return Deadline.await(path, client.sendAsync(request, BodyHandlers.ofString()));
  }

  @AfterAll
  void end() {
    server.close();
    receiver.close();
    redis.close();
    installation.close();
    client.close();
  }

  @Test
  void theCatalogueIsWhatIsServed() {
    Set<String> catalogue =
        Arrays.stream(Metric.values()).map(Metric::metricName).collect(Collectors.toSet());

    assertThat(scrape.families()).containsExactlyInAnyOrderElementsOf(catalogue);
  }

  @Test
  void figuresSayWhatHappened() {
    // what somebody missed is given with the answer, and is no delivery
    assertThat(scrape.value("carillon_deliveries_total")).isEqualTo(2 * TOLD + 2);
    assertThat(scrape.value("carillon_publications_total", "outcome=\"duplicate\"")).isEqualTo(1);
    assertThat(scrape.value("carillon_publications_total", "outcome=\"accepted\""))
        .isEqualTo(TOLD + 100 + 3);
    assertThat(scrape.value("carillon_connections_opened_total", "pusher", "websocket"))
        .isEqualTo(2);
    assertThat(scrape.value("carillon_connections_opened_total", "sse")).isEqualTo(2);
    assertThat(scrape.value("carillon_resumes_total", "recovered")).isEqualTo(1);
    assertThat(scrape.value("carillon_archived_total")).isEqualTo(3);
    assertThat(scrape.value("carillon_refusals_total", "connect", "app-unknown")).isEqualTo(1);
    assertThat(scrape.value("carillon_refusals_total", "rest")).isPositive();
    assertThat(scrape.value("carillon_refusals_total", "socket")).isPositive();
    assertThat(scrape.value("carillon_http_requests_total", "publish", "201"))
        .isGreaterThanOrEqualTo(TOLD + 3);
    assertThat(scrape.value("carillon_http_requests_total", "pusher_events", "200")).isEqualTo(100);
    assertThat(scrape.value("carillon_http_request_seconds_count", "pusher_events")).isEqualTo(100);
    assertThat(scrape.value("carillon_webhook_calls_total", "delivered")).isPositive();
    assertThat(scrape.value("carillon_redis_up")).isEqualTo(1);
    assertThat(scrape.value("carillon_redis_requests_total")).isGreaterThan(100);
    assertThat(scrape.value("carillon_log_append_seconds_count")).isPositive();
    assertThat(scrape.value("carillon_channels")).isZero();
    assertThat(scrape.value("carillon_subscriptions")).isZero();
    assertThat(scrape.value("carillon_draining")).isZero();
  }

  @Test
  void thePageIsOnItsOwnPortAlone() {
    assertThat(Scrape.get(server.url().resolve("/metrics")).statusCode()).isEqualTo(404);
    assertThat(Scrape.get(metrics.resolve("/v1/channels/x")).statusCode()).isEqualTo(404);
  }

  @Test
  void withoutThatPortThisMachineAloneSeesIt() {
    try (ProcessServer plain = installation.start(Map.of())) {
      URI page = plain.url().resolve("/metrics");
      assertThat(Scrape.of(page).families()).contains("carillon_connections");
      for (String header : List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")) {
        assertThat(Scrape.get(page, header, "192.0.2.7").statusCode()).as(header).isEqualTo(404);
      }
      assertThat(statusFor(page, "rt.example.com")).isEqualTo(404);
      assertThat(statusFor(page, "127.0.0.1.example.com")).isEqualTo(404);
      assertThat(statusFor(page, "localhost:" + page.getPort())).isEqualTo(200);
    }
    Map<String, String> behindProxy = Map.of("CARILLON_TRUSTED_PROXIES", "10.0.0.1/32");
    try (ProcessServer known = installation.start(behindProxy)) {
      assertThat(Scrape.get(known.url().resolve("/metrics")).statusCode()).isEqualTo(404);
    }
  }

  /** The status for this Host, which Java's own client does not let one choose. */
  private static int statusFor(URI page, String host) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort())) {
      String request = "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String head = new String(socket.getInputStream().readNBytes(12), UTF_8);
      return Integer.parseInt(head.substring(9));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void prometheusOwnCheckFindsNothing() throws Exception {
    Path page = Files.createTempFile("scrape", ".txt");
    try {
      Files.writeString(page, scrape.text());
      assertThat(promtool(page, "check", "metrics")).isEmpty();
    } finally {
      Files.delete(page);
    }
  }

  @Test
  void alertRulesFireWhenTheyShould() throws Exception {
    promtool(null, "check", "rules", RULES.toString());
    promtool(null, "check", "config", PROMETHEUS.resolve("prometheus.yml").toString());
    assertThat(promtool(null, "test", "rules", PROMETHEUS.resolve("alerts.test.yml").toString()))
        .contains("SUCCESS");
  }

  /** What it prints; it has to be content. */
  private static String promtool(@Nullable Path input, String... words) throws Exception {
    Path fetched = Path.of("..", "target", "promtool", "usr", "bin", "promtool");
    String program = Files.isExecutable(fetched) ? fetched.toString() : "promtool";
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(program), Stream.of(words)).toList());
    builder.redirectErrorStream(true);
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start(); // missing: ./carillon test fetches it
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", output).isZero();
    return output;
  }

  @Test
  void dashboardsAndAlertsSpeakOfWhatThereIs() throws IOException {
    Set<String> served = new TreeSet<>();
    for (String family : scrape.families()) {
      served.addAll(List.of(family, family + "_bucket", family + "_sum", family + "_count"));
    }
    Pattern name = Pattern.compile("\\b(?:carillon|jvm|process)_[a-z0-9_]+");
    try (Stream<Path> dashboards = Files.list(DEPLOY.resolve("grafana"))) {
      for (Path file : Stream.concat(dashboards, Stream.of(RULES)).toList()) {
        Set<String> named =
            name.matcher(Files.readString(file))
                .results()
                .map(it -> it.group())
                .collect(Collectors.toSet());
        assertThat(named).as("%s", file).isNotEmpty().isSubsetOf(served);
      }
    }
  }

  @Test
  void everyAlertHasItsRunbook() throws IOException {
    String rules = Files.readString(RULES);
    List<String> alerts = found(rules, "- alert: (\\w+)");
    List<String> sections = found(Files.readString(RUNBOOKS), "(?m)^### (\\w+)$");

    assertThat(sections).containsExactlyElementsOf(alerts);
    assertThat(found(rules, "runbook_url: docs/runbooks.md#(\\w+)"))
        .containsExactlyElementsOf(alerts.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList());
    assertThat(found(rules, "severity: (critical|warning|info)")).hasSameSizeAs(alerts);
    assertThat(found(rules, "(summary): \"")).hasSameSizeAs(alerts);
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(it -> it.group(1)).toList();
  }
}
