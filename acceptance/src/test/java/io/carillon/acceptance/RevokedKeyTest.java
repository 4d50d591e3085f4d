package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A key that is revoked in the console, with a thousand live connections on two nodes. */
@WithCarillon
class RevokedKeyTest {
  private static final int SOCKETS = 1_000;

  /** The goal is a second on a machine of its own; this one is shared with whatever else runs. */
  private static final Duration GONE_MAX = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();

  @Test
  void allItsConnectionsAreCutAndTheCounterReachesZero(Carillon carillon) {
    try (TwoNodes nodes = new TwoNodes(carillon);
        ConsoleUser user = new ConsoleUser(nodes.server(0), "owner@revoked.example")) {
      String app = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
      String keys = "/apps/" + app + "/keys";
      String key = user.ofTenant("POST", keys, "{\"label\":\"one\"}").at("/key/id").asText();
      String other = user.ofTenant("POST", keys, "{\"label\":\"two\"}").at("/key/id").asText();
      for (int node = 0; node < 2; node++) {
        URI url = nodes.server(node).url();
        Deadline.await("key on node " + node, () -> isTaken(url, key) && isTaken(url, other));
      }
      for (int i = 0; i < SOCKETS; i++) {
        sockets.add(new Socket(nodes.server(i % 2).url(), key));
      }
      Socket staying = new Socket(nodes.server(1).url(), other);
      sockets.forEach(socket -> Deadline.await("greeting", socket.greeted));
      Deadline.await("greeting", staying.greeted);
      String counter = keys + "/" + key + "/connections";
      Deadline.await("count", () -> count(user, counter) == SOCKETS);

      long began = System.nanoTime();
      JsonNode revoked = user.ofTenant("DELETE", keys + "/" + key, "");
      long answered = System.nanoTime();

      assertThat(revoked.get("connections").asInt()).isEqualTo(SOCKETS);
      long last = began;
      for (Socket socket : sockets) {
        last = Math.max(last, Deadline.await("end of a connection", socket.ended));
      }
      Deadline.await("counter at zero", () -> count(user, counter) == 0);
      long zero = System.nanoTime();
      assertThat(Duration.ofNanos(last - began)).isLessThan(GONE_MAX);
      assertThat(staying.ended).isNotDone();
      assertThat(count(user, keys + "/" + other + "/connections")).isEqualTo(1);
      System.out.printf(
          "%d connections on two nodes: revocation answered after %d ms, the last one closed after"
              + " %d ms, the counter at zero after %d ms%n",
          SOCKETS, millis(answered - began), millis(last - began), millis(zero - began));
    } finally {
      http.shutdownNow();
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static int count(ConsoleUser user, String path) {
    JsonNode counted = user.ofTenant("GET", path, "");
    assertThat(counted.has("unanswered")).isFalse();
    return counted.get("connections").asInt();
  }

  private boolean isTaken(URI server, String key) {
    Socket probe = new Socket(server, key);
    boolean taken = Deadline.await("an answer", probe.greeted);
    probe.socket.join().abort();
    return taken;
  }

  /** Learns whether it was greeted, and when it ended. */
  private final class Socket implements WebSocket.Listener {
    private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
    private final CompletableFuture<Long> ended = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> socket;

    Socket(URI server, String key) {
      String url = server.toString().replaceFirst("http", "ws") + "/app/" + key + "?protocol=7";
      socket = http.newWebSocketBuilder().buildAsync(URI.create(url), this);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      greeted.complete(text.toString().contains("connection_established"));
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      greeted.complete(false);
      ended.complete(System.nanoTime());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      greeted.complete(false);
      ended.complete(System.nanoTime());
    }
  }
}
