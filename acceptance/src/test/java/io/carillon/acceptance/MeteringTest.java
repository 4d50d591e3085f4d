package io.carillon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is metered agrees with what was acknowledged, although nodes are killed. */
@WithCarillon
class MeteringTest {
  private static final int PUBLISHERS = 4;
  private static final int BEFORE_EACH_KILL = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @Test
  void theSumOfMeteredMessagesIsTheSumOfAcknowledgedOnesAfterTwoKills(Carillon carillon, Apps apps)
      throws Exception {
    try (TwoNodes nodes = new TwoNodes(carillon);
        ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      TestApp app = nodes.make(apps).getFirst();
      for (int i = 0; i < PUBLISHERS; i++) {
        int number = i;
        publishers.execute(() -> publish(nodes, app, number));
      }
      try {
        for (int node = 0; node < 2; node++) {
          int seen = acknowledged.get();
          Deadline.await("messages", PATIENCE, () -> acknowledged.get() > seen + BEFORE_EACH_KILL);
          nodes.killAndReplace(node);
        }
        int seen = acknowledged.get();
        Deadline.await("messages", PATIENCE, () -> acknowledged.get() > seen + BEFORE_EACH_KILL);
      } finally {
        over.set(true);
      }
      publishers.shutdown();
      assertThat(publishers.awaitTermination(PATIENCE.toSeconds(), SECONDS)).isTrue();

      Deadline.await(
          "all that was acknowledged", PATIENCE, () -> apps.metered(app) >= acknowledged.get());
      assertThat(apps.metered(app)).isEqualTo(acknowledged.get());
    }
  }

  /** Publishes one after the other; each until it is acknowledged, by whichever node. */
  private void publish(TwoNodes nodes, TestApp app, int publisher) {
    for (int i = 0; !over.get(); i++) {
      String body = "{\"name\":\"e\",\"data\":\"x\",\"id\":\"" + publisher + "-" + i + "\"}";
      int attempt = publisher;
      while (!isAcknowledged(nodes.server(attempt++ % 2).url(), app, body)) {
        Thread.onSpinWait();
      }
      acknowledged.incrementAndGet();
    }
  }

  private boolean isAcknowledged(URI server, TestApp app, String body) {
    String basic =
        Base64.getEncoder().encodeToString((app.key() + ":" + app.secret()).getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/v1/channels/metered/messages"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/json")
            .timeout(ANSWER_TIME)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return List.of(200, 201)
          .contains(client.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return false; // killed meanwhile: nobody knows
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
