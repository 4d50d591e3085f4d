package io.carillon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Collector;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.HookReceiver;
import io.carillon.acceptance.harness.Installation;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.TestApp;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a collector of OpenTelemetry is told by a real server. */
class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String PARENT = "00-" + TRACE + "-" + CALLER + "-01";

  private static Map<String, String> settings(Collector collector, String ratio) {
    return Map.of(
        "CARILLON_OTLP_ENDPOINT",
        collector.url(),
        "CARILLON_OTLP_RATIO",
        ratio,
        "CARILLON_LOG_FORMAT",
        "json",
        "CARILLON_ACCESS_LOG",
        "true",
        "CARILLON_WEBHOOKS_ALLOWED_NETWORKS",
        "127.0.0.0/8");
  }

  @Test
  void aPublicationIsOneTraceOfTheCallersWithItsParts() {
    try (Installation installation = Installation.begin();
        Collector collector = new Collector();
        HookReceiver receiver = new HookReceiver();
        ProcessServer server = installation.start(settings(collector, "1"));
        ConsoleUser user = new ConsoleUser(server, "owner@traces.example")) {
      TestApp app = appOf(user, server);
      user.ofTenant(
          "POST",
          "/apps/" + app.id() + "/webhooks",
          Json.object(
              "url", receiver.url(), "format", "carillon", "types", List.of("message_published")));
      assertThat(send(app, "PUT", "/v1/rules/orders", "{\"historyDays\":1}").statusCode())
          .isEqualTo(201);
      Deadline.await(
          "webhook",
          () -> {
            send(app, "POST", "/v1/channels/probe/messages", "{\"name\":\"n\",\"data\":\"x\"}");
            return !receiver.all().isEmpty();
          });

      assertThat(
              send(
                      app,
                      "POST",
                      "/v1/channels/orders/messages",
                      "{\"name\":\"n\",\"data\":\"x\"}",
                      "traceparent",
                      PARENT)
                  .statusCode())
          .isEqualTo(201);
      collector.await(TRACE, 4);

      Span request = collector.one(TRACE, "HTTP publish");
      Span publish = collector.one(TRACE, "publish");
      assertThat(Collector.hex(request.getParentSpanId())).isEqualTo(CALLER);
      assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(publish.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(collector.one(TRACE, "log append").getParentSpanId())
          .isEqualTo(publish.getSpanId());
      assertThat(collector.one(TRACE, "archive commit").getParentSpanId())
          .isEqualTo(publish.getSpanId());
      assertThat(publish.getAttributesList().toString()).contains(app.id(), "orders");
      assertThat(collector.service()).isEqualTo("carillon");

      Deadline.await("span of a webhook", () -> !collector.named("webhook call").isEmpty());
      Span call = collector.named("webhook call").getFirst();
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(call.getParentSpanId().isEmpty()).isTrue();
      assertThat(receiver.headers("traceparent"))
          .anyMatch(
              header ->
                  header.contains(Collector.hex(call.getTraceId()))
                      && header.contains(Collector.hex(call.getSpanId())));
      assertTracesInLog(server);

      send(app, "GET", "/v1/channels/orders", "", "traceparent", PARENT.replace("-01", "-00"));
      send(app, "POST", "/v1/channels/orders/messages", "{\"name\":7}", "traceparent", other());
      collector.await(other().substring(3, 35), 1);
      assertThat(collector.of(TRACE)).as("the caller did not want it").hasSize(4);
      assertThat(collector.of(other().substring(3, 35)).getFirst().getStatus().getCode())
          .isNotEqualTo(StatusCode.STATUS_CODE_ERROR);
    }
  }

  private static String other() {
    return PARENT.replace("4bf92f35", "aaaaaaaa");
  }

  private static void assertTracesInLog(ProcessServer server) {
    List<JsonNode> lines =
        server.output().lines().filter(it -> it.startsWith("{")).map(Json::parse).toList();
    assertThat(lines)
        .anyMatch(
            it ->
                it.path("trace").asText().equals(TRACE)
                    && it.get("message").asText().equals("POST /v1/channels/orders/messages"));
  }

  @Test
  void aCollectorThatIsAwayHoldsUpNobody() {
    Collector away = new Collector();
    away.close();
    try (Installation installation = Installation.begin();
        ProcessServer server = installation.start(settings(away, "1"));
        ConsoleUser user = new ConsoleUser(server, "owner@away.example")) {
      TestApp app = appOf(user, server);
      assertThat(
              send(app, "POST", "/v1/channels/chat/messages", "{\"name\":\"n\",\"data\":\"x\"}")
                  .statusCode())
          .isEqualTo(201);
      Deadline.await("word of it", () -> server.output().contains("takes no spans"));
      assertThat(server.output().split("takes no spans", -1)).as("said once").hasSize(2);
    }
  }

  private static TestApp appOf(ConsoleUser user, ProcessServer server) {
    String id = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
    JsonNode key = user.ofTenant("POST", "/apps/" + id + "/keys", "{\"label\":\"one\"}");
    TestApp app =
        new TestApp(server.url(), id, key.at("/key/id").asText(), key.get("secret").asText());
    Deadline.await("key", () -> app.rest().get("/channels").status() == 200);
    return app;
  }

  private static HttpResponse<String> send(
      TestApp app, String method, String path, String body, String... headers) {
    String login = app.key() + ":" + app.secret();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(app.server().resolve(path))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return Deadline.await(path, client.sendAsync(request.build(), BodyHandlers.ofString()));
    }
  }
}
