package io.carillon.edge.carrier.http;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.edge.fixture.EdgeServer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FallbackTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String SUBSCRIBE =
      "[\"{\\\"event\\\":\\\"pusher:subscribe\\\",\\\"data\\\":{\\\"channel\\\":\\\"%s\\\"}}\"]";

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest post(String session, String what, String body) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:"
                    + server.port()
                    + "/pusher/app/"
                    + session
                    + "/"
                    + what
                    + "?protocol=7&client=js&version=8&t=1&n=1"))
        .timeout(Duration.ofSeconds(20))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String poll(String session) throws Exception {
    HttpResponse<String> response = CLIENT.send(post(session, "xhr", ""), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static int send(String session, String body) throws Exception {
    return CLIENT.send(post(session, "xhr_send", body), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aStreamOpensSubscribesAndHears() throws Exception {
    String session = KEY + "/123/0123abcd";
    HttpResponse<InputStream> response =
        CLIENT.send(post(session, "xhr_streaming", ""), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("o");
      assertThat(lines.readLine()).startsWith("a[\"").contains("connection_established");

      assertThat(send(session, SUBSCRIBE.formatted("streamed"))).isEqualTo(200);
      assertThat(lines.readLine()).contains("subscription_succeeded").contains("streamed");
      assertThat(lines.readLine()).contains("subscription_count");

      server.publish("streamed", "one", "{\"a\":\"é\"}");
      assertThat(lines.readLine())
          .isEqualTo(
              "a[\"{\\\"event\\\":\\\"one\\\",\\\"channel\\\":\\\"streamed\\\","
                  + "\\\"data\\\":\\\"{\\\\\\\"a\\\\\\\":\\\\\\\"é\\\\\\\"}\\\"}\"]");
    }
  }

  /** A quiet session's new stream had no head until the next heartbeat, 25 seconds later. */
  @Test
  void aReopenedStreamIsAnsweredAtOnce() throws Exception {
    String session = KEY + "/123/reopened";
    assertThat(poll(session)).startsWith("o\n");
    HttpResponse<InputStream> response =
        CLIENT.send(post(session, "xhr_streaming", ""), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("h");
    }
  }

  @Test
  void pollsAreAnsweredByWhatCame() throws Exception {
    String session = KEY + "/7/polling1";
    assertThat(poll(session)).startsWith("o\n").contains("connection_established");
    assertThat(send(session, SUBSCRIBE.formatted("polled"))).isEqualTo(200);
    assertThat(poll(session)).contains("subscription_succeeded");

    server.publish("polled", "one", "1");
    server.publish("polled", "two", "2");

    String first = poll(session);
    String all = first.contains("\\\"two\\\"") ? first : first + poll(session);
    assertThat(all).containsSubsequence("\\\"one\\\"", "\\\"two\\\"");
  }

  @Test
  void anUnknownKeyIsToldByItsCloseCode() throws Exception {
    assertThat(poll("nobody/7/polling2")).contains("c[4001,");
  }

  @Test
  void sendingWithoutASessionIsNotFound() throws Exception {
    assertThat(send(KEY + "/7/nosuch01", "[]")).isEqualTo(404);
  }

  @Test
  void garbageIsRefusedAndTheSessionStays() throws Exception {
    String session = KEY + "/7/polling3";
    assertThat(poll(session)).startsWith("o\n");
    assertThat(send(session, "{\"a\":")).isEqualTo(400);
    assertThat(send(session, "[1]")).isEqualTo(400);
    assertThat(send(session, SUBSCRIBE.formatted("still"))).isEqualTo(200);
  }
}
