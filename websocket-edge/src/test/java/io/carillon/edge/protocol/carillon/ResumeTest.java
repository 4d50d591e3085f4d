package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A subscriber that is cut at random while messages are published ends with exactly those messages,
 * in order, each once. {@code -Dcarillon.resume.messages} and {@code -Dcarillon.resume.cuts} make
 * it larger.
 */
@Timeout(120)
class ResumeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGES = Integer.getInteger("carillon.resume.messages", 5_000);
  private static final int CUTS = Integer.getInteger("carillon.resume.cuts", 50);
  private static final long SEED = Long.getLong("carillon.seed", 7L);

  private final List<Integer> received = new ArrayList<>();

  /** How far the publisher is ahead: not further than the hot window lets a client catch up. */
  private final Semaphore ahead = new Semaphore(500);

  private final Random random = new Random(SEED);
  private long epoch;
  private long position = -1;
  private int cuts;

  @Test
  void nothingIsMissingRepeatedOrOutOfOrder() throws Exception {
    try (EdgeServer server = new EdgeServer(Map.of())) {
      CompletableFuture<Void> publishing = new CompletableFuture<>();
      boolean started = false;
      while (received.size() < MESSAGES) {
        try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
          subscribe(socket);
          if (!started) {
            started = true;
            publishing =
                CompletableFuture.runAsync(() -> publish(server), Thread::startVirtualThread);
          }
          int until =
              cuts < CUTS
                  ? Math.min(MESSAGES, received.size() + random.nextInt(2 * MESSAGES / CUTS))
                  : MESSAGES;
          while (received.size() < until) {
            hear(JSON.readTree(socket.next()), socket);
          }
          cuts++;
        }
      }
      publishing.join();
    }
    assertThat(received)
        .as("seed " + SEED + ", " + cuts + " cuts")
        .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
  }

  private void subscribe(TestSocket socket) throws Exception {
    socket.send("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
    socket.send(sub(position < 0 ? null : position));
    assertThat(JSON.readTree(socket.next()).get("t").asText()).isEqualTo("welcome");
    JsonNode subbed = JSON.readTree(socket.next());
    assertThat(subbed.get("t").asText()).isEqualTo("subbed");
    if (position < 0) {
      epoch = subbed.get("e").asLong();
      position = subbed.get("o").asLong();
    } else {
      assertThat(subbed.get("recovered").asBoolean()).as(subbed.toString()).isTrue();
    }
  }

  private String sub(@Nullable Long since) {
    String from = since == null ? "" : ",\"since\":{\"e\":" + epoch + ",\"o\":" + since + "}";
    return "{\"t\":\"sub\",\"i\":2,\"ch\":\"stream\"" + from + "}";
  }

  /** The client's whole rule: clause 3.4. */
  private void hear(JsonNode frame, TestSocket socket) {
    if (!frame.get("t").asText().equals("msg")) {
      assertThat(frame.get("t").asText()).isEqualTo("subbed");
      assertThat(frame.get("recovered").asBoolean()).as(frame.toString()).isTrue();
      return;
    }
    assertThat(frame.get("e").asLong()).isEqualTo(epoch);
    if (frame.get("f").asLong() > position) {
      socket.send(sub(position));
      return;
    }
    for (JsonNode item : frame.get("m")) {
      if (item.get("o").asLong() > position) {
        received.add(item.get("d").asInt());
        ahead.release();
      }
    }
    position = Math.max(position, frame.get("o").asLong());
  }

  private void publish(EdgeServer server) {
    for (int n = 0; n < MESSAGES; n++) {
      ahead.acquireUninterruptibly();
      server.publish("stream", "n", String.valueOf(n));
    }
  }
}
