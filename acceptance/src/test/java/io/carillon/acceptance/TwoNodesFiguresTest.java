package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.NativeSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a message takes through Redis and without it, and how soon a revoked key is obeyed;
 * prints rows of {@code docs/redis-figures.md}. Excluded unless asked for; that page says how.
 */
@Tag("measure")
@WithCarillon
class TwoNodesFiguresTest {
  private static final int MESSAGES = Integer.getInteger("carillon.measure.messages", 5_000);
  private static final int SOCKETS = Integer.getInteger("carillon.measure.sockets", 1_000);
  private static final int WARM_UP = 1_000;
  private static final long PACE_NANOS = Duration.ofMillis(5).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void latencyOfAMessage(Carillon carillon, Apps apps) throws Exception {
    TestApp local = apps.make();
    print("one process, no Redis", latency(local, local));
    try (TwoNodes nodes = new TwoNodes(carillon)) {
      List<TestApp> app = nodes.make(apps);
      print("Redis, same process", latency(app.getFirst(), app.getFirst()));
      print("Redis, from one process to the other", latency(app.getFirst(), app.getLast()));
    }
  }

  @Test
  void timeUntilTheLastSocketObeysARevokedKey(Carillon carillon, Apps apps) {
    try (TwoNodes nodes = new TwoNodes(carillon)) {
      List<TestApp> app = nodes.make(apps);
      List<NativeSocket> sockets = new ArrayList<>();
      for (int i = 0; i < SOCKETS; i++) {
        TestApp at = app.get(i % 2);
        sockets.add(new NativeSocket(at.server(), at.key()));
      }
      long began = System.nanoTime();
      apps.revokeKey(app.getFirst());
      long committed = System.nanoTime();
      Deadline.await("closes", PATIENCE, () -> sockets.stream().allMatch(NativeSocket::isClosed));

      System.out.printf(
          Locale.ROOT,
          "| %,d | %.0f ms | %.0f ms |%n",
          SOCKETS,
          (System.nanoTime() - began) / 1e6,
          (System.nanoTime() - committed) / 1e6);
    }
  }

  /** Nanoseconds from sending to hearing each message, sorted. */
  private static long[] latency(TestApp from, TestApp to) throws Exception {
    try (NativeSocket publisher = withToken(from);
        NativeSocket subscriber = new NativeSocket(to.server(), to.key())) {
      subscriber.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"timed\"}");
      subscriber.await("subbed");
      long[] taken = new long[MESSAGES];
      for (int i = -WARM_UP; i < MESSAGES; i++) {
        long began = System.nanoTime();
        publisher.send(
            "{\"t\":\"pub\",\"i\":3,\"ch\":\"timed\",\"m\":[{\"n\":\"t\",\"d\":" + i + "}]}");
        JsonNode heard = subscriber.await("msg");
        long now = System.nanoTime();
        assertThat(heard.at("/m/0/d").asInt()).isEqualTo(i);
        if (i >= 0) {
          taken[i] = now - began;
        }
        publisher.await("ok");
        LockSupport.parkNanos(Math.max(0, PACE_NANOS - (System.nanoTime() - began)));
      }
      Arrays.sort(taken);
      return taken;
    }
  }

  private static NativeSocket withToken(TestApp app) throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString((app.key() + ":" + app.secret()).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(app.server() + "/v1/tokens"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"capabilities\":{\"*\":[\"publish\"]}}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body = client.send(request, BodyHandlers.ofString()).body();
      return NativeSocket.withToken(app.server(), Json.parse(body).get("token").asText());
    }
  }

  private static void print(String way, long[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f ms | %.2f ms | %.2f ms |%n",
        way,
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (sorted.length * 0.99)] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }
}
