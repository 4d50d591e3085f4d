package io.carillon.edge.carrier.poll;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.edge.fixture.EdgeServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clause 13.7 over real sockets. */
@Timeout(60)
class PollTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/v1/poll?" + query))
        .timeout(Duration.ofSeconds(20));
  }

  private static JsonNode poll(String query) throws Exception {
    HttpResponse<String> response =
        CLIENT.send(request("key=" + KEY + "&" + query).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    return JSON.readTree(response.body());
  }

  private static String cursor(JsonNode answer) {
    return answer.get("cursor").asText();
  }

  @Test
  void theFirstPollIsAnsweredAtOnceWithACursor() throws Exception {
    JsonNode first = poll("ch=a&ch=b&wait=20");
    assertThat(first.get("frames")).hasSize(2);
    assertThat(first.at("/frames/0/t").asText()).isEqualTo("subbed");
    assertThat(cursor(first)).isNotEmpty();
  }

  @Test
  void whatCameBetweenTwoPollsIsAnsweredAtOnceAndOnce() throws Exception {
    JsonNode first = poll("ch=c&ch=d");
    server.publish("c", "one", "1");
    server.publish("d", "two", "2");

    JsonNode second = poll("cursor=" + cursor(first));

    assertThat(second.get("frames")).hasSize(2);
    assertThat(second.at("/frames/0/m/0/d").asText()).isEqualTo("1");
    assertThat(second.at("/frames/1/m/0/d").asText()).isEqualTo("2");
    JsonNode third = poll("wait=1&cursor=" + cursor(second));
    assertThat(third.get("frames")).isEmpty();
    assertThat(cursor(third)).isEqualTo(cursor(second));
  }

  @Test
  void aPollWaitsForWhatComes() throws Exception {
    JsonNode first = poll("ch=waited");
    CompletableFuture<HttpResponse<String>> waiting =
        CLIENT.sendAsync(
            request("key=" + KEY + "&wait=20&cursor=" + cursor(first)).build(),
            BodyHandlers.ofString());
    server.awaitSubscriptions("waited", 1);
    server.publish("waited", "n", "now");

    JsonNode answer = JSON.readTree(waiting.join().body());

    assertThat(answer.at("/frames/0/t").asText()).isEqualTo("msg");
    assertThat(answer.at("/frames/0/m/0/d").asText()).isEqualTo("now");
    server.awaitSubscriptions("waited", 0);
  }

  /** Clause 4.3: as on a WebSocket. */
  @Test
  void whatCannotBeRecoveredIsSaidWithItsReason() throws Exception {
    long epoch = poll("ch=lost").at("/frames/0/e").asLong();
    JsonNode answer = poll("ch=lost&since=" + (epoch - 1) + "@7");
    assertThat(answer.at("/frames/0/recovered").asBoolean()).isFalse();
    assertThat(answer.at("/frames/0/why").asText()).isEqualTo("epoch");
    assertThat(poll("wait=1&cursor=" + cursor(answer)).get("frames")).isEmpty();
  }

  @Test
  void aChannelThatIsRefusedIsSaidOnceAndLeavesTheCursor() throws Exception {
    JsonNode first = poll("ch=private-x&ch=open");
    assertThat(first.at("/frames/0/kind").asText()).isEqualTo("capability-denied");
    assertThat(first.at("/frames/1/ch").asText()).isEqualTo("open");
    assertThat(poll("wait=1&cursor=" + cursor(first)).get("frames")).isEmpty();
  }

  /** A token is presented with each poll. */
  @Test
  void anyCredentialsOfTheApplicationGoOn() throws Exception {
    String token = server.token("anna", Duration.ofHours(1), Map.of("private-p", "subscribe"));
    HttpResponse<String> first =
        CLIENT.send(
            request("ch=private-p").header("Authorization", "Bearer " + token).build(),
            BodyHandlers.ofString());
    server.publish("private-p", "n", "1");
    String cursor = cursor(JSON.readTree(first.body()));
    HttpResponse<String> second =
        CLIENT.send(
            request("cursor=" + cursor).header("Authorization", "Bearer " + token).build(),
            BodyHandlers.ofString());
    assertThat(JSON.readTree(second.body()).at("/frames/0/m/0/d").asText()).isEqualTo("1");
    assertThat(poll("cursor=" + cursor).at("/frames/0/kind").asText())
        .isEqualTo("capability-denied");
  }

  @Test
  void anAnswerThatIsFullGoesOnWithTheNext() throws Exception {
    StringBuilder query = new StringBuilder("wait=5");
    for (int i = 0; i < 8; i++) {
      query.append("&ch=full-").append(i);
    }
    String cursor = cursor(poll(query.toString()));
    String large = "z".repeat(9_000);
    for (int i = 0; i < 8 * 40; i++) {
      server.publish("full-" + i % 8, "n", i + ":" + large);
    }
    int seen = 0;
    int polls = 0;
    while (seen < 8 * 40) {
      JsonNode answer = poll("wait=5&cursor=" + cursor);
      cursor = cursor(answer);
      for (JsonNode frame : answer.get("frames")) {
        seen += frame.get("m").size();
      }
      polls++;
    }
    assertThat(seen).isEqualTo(8 * 40);
    assertThat(polls).isGreaterThan(1);
  }

  @Test
  void aClientThatGoesAwayLeavesNothing() throws Exception {
    String cursor = cursor(poll("ch=gone"));
    CompletableFuture<HttpResponse<String>> waiting =
        CLIENT.sendAsync(
            request("key=" + KEY + "&wait=60&cursor=" + cursor).build(), BodyHandlers.ofString());
    server.awaitSubscriptions("gone", 1);
    waiting.cancel(true);
    server.awaitSubscriptions("gone", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "ch=a, 401, credentials-invalid",
    "key=nobody&ch=a, 401, app-unknown",
    "key=278d425bdf160c739803, 400, bad-request",
    "wait=25, 400, bad-request",
    "ch=a&wait=0, 400, bad-request",
    "ch=a&wait=61, 400, bad-request",
    "cursor=garbage, 400, cursor-invalid",
  })
  void whatIsWrongIsAProblem(String query, int status, String code) throws Exception {
    HttpResponse<String> response = CLIENT.send(request(query).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).get("code").asText()).isEqualTo(code);
  }
}
