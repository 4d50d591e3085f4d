package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.EventStream;
import io.carillon.acceptance.harness.Follower;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.NativeSocket;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients of two nodes see: those that go from one to the other, and those that are cut. */
@WithCarillon
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesClientsTest {
  private static final int MESSAGES = 300;
  private static final int BETWEEN_MOVES = 40;
  private static final int SOCKETS = 20;
  private static final List<String> ALL =
      IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();

  /** A second for the change (N1), and a little for this machine. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private TwoNodes nodes;

  @BeforeAll
  void startBoth(Carillon carillon) {
    nodes = new TwoNodes(carillon);
  }

  @AfterAll
  void stopBoth() {
    client.close();
    nodes.close();
  }

  /** Clauses 13.4 and 13.6. */
  @Test
  void aStreamGoesOnOnTheOtherNodeByItsLastEventId(Apps apps) {
    List<TestApp> app = nodes.make(apps);
    Follower follower = new Follower();
    CompletableFuture<Void> publishing = null;
    String lastId = null;
    for (int node = 0; follower.size() < MESSAGES; node = 1 - node) {
      try (EventStream stream = new EventStream(app.get(node), "stream", lastId)) {
        int until = Math.min(MESSAGES, follower.size() + BETWEEN_MOVES);
        while (follower.size() < until) {
          follower.take(stream.next());
          if (publishing == null && follower.isSubscribed()) {
            publishing = publishOn(app);
          }
        }
        lastId = stream.lastId();
      }
    }

    assertThat(follower.texts()).isEqualTo(ALL);
  }

  /** Clauses 13.4 and 13.7. */
  @Test
  void aPollGoesOnOnTheOtherNodeByItsCursor(Apps apps) throws Exception {
    List<TestApp> app = nodes.make(apps);
    Follower follower = new Follower();
    String cursor = null;
    for (int node = 0; follower.size() < MESSAGES; node = 1 - node) {
      JsonNode answer = poll(app.get(node), cursor);
      answer.get("frames").forEach(follower::take);
      if (cursor == null) {
        publishOn(app);
      }
      cursor = answer.get("cursor").asText();
    }

    assertThat(follower.texts()).isEqualTo(ALL);
  }

  @Test
  void aRevokedKeyIsObeyedByTheSocketsOfBothNodes(Apps apps) {
    List<TestApp> app = nodes.make(apps);
    TestApp otherKey = apps.withAnotherKey(app.getFirst());
    RawSocket neighbour = otherKey.connect();
    List<RawSocket> pusher = new ArrayList<>();
    List<NativeSocket> own = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      TestApp at = app.get(i % 2);
      pusher.add(at.connect());
      own.add(new NativeSocket(at.server(), at.key()));
    }

    apps.revokeKey(app.getFirst());

    Deadline.await("closes", SOON, () -> own.stream().allMatch(NativeSocket::isClosed));
    assertThat(pusher).allSatisfy(it -> assertThat(it.awaitClose().code()).isEqualTo(4001));
    assertThat(own).allSatisfy(it -> assertThat(it.closeCode()).isEqualTo(4001));
    neighbour.assertAlive();
    app.get(1).close();
  }

  /** In turn on both nodes, each message after the answer to the one before. */
  private static CompletableFuture<Void> publishOn(List<TestApp> app) {
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < MESSAGES; i++) {
            int status = app.get(i % 2).rest().publish("stream", "n", String.valueOf(i)).status();
            assertThat(status).isEqualTo(200);
          }
        });
  }

  private JsonNode poll(TestApp app, @Nullable String cursor) throws Exception {
    String from = cursor == null ? "&ch=stream" : "&cursor=" + cursor;
    URI uri = URI.create(app.server() + "/v1/poll?wait=5&key=" + app.key() + from);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Deadline.DEFAULT).build();
    return Json.parse(client.send(request, BodyHandlers.ofString()).body());
  }
}
