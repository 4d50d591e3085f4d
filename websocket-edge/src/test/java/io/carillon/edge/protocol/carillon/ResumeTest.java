package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.Position;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.FollowedChannel;
import io.carillon.edge.fixture.FollowedChannel.Verdict;
import io.carillon.edge.fixture.TestSocket;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
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

  /** How far the publisher is ahead: not further than the hot window lets a client catch up. */
  private final Semaphore ahead = new Semaphore(500);

  private final Random random = new Random(SEED);
  private final FollowedChannel channel = new FollowedChannel(new Position(0, 0));
  private boolean known;
  private int cuts;

  @Test
  void nothingIsMissingRepeatedOrOutOfOrder() throws Exception {
    try (EdgeServer server = new EdgeServer(Map.of())) {
      CompletableFuture<Void> publishing = new CompletableFuture<>();
      boolean started = false;
      while (received() < MESSAGES) {
        try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
          subscribe(socket);
          if (!started) {
            started = true;
            publishing =
                CompletableFuture.runAsync(() -> publish(server), Thread::startVirtualThread);
          }
          int until =
              cuts < CUTS
                  ? Math.min(MESSAGES, received() + random.nextInt(2 * MESSAGES / CUTS))
                  : MESSAGES;
          while (received() < until) {
            hear(JSON.readTree(socket.next()), socket);
          }
          cuts++;
        }
      }
      publishing.join();
    }
    assertThat(channel.received())
        .extracting(item -> item.get("d").asInt())
        .as("seed " + SEED + ", " + cuts + " cuts")
        .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
  }

  private int received() {
    return channel.received().size();
  }

  private void subscribe(TestSocket socket) throws Exception {
    socket.send("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
    socket.send(sub(known ? "," + channel.since() : ""));
    assertThat(JSON.readTree(socket.next()).get("t").asText()).isEqualTo("welcome");
    channel.subbed(JSON.readTree(socket.next()));
    known = true;
  }

  private static String sub(String since) {
    return "{\"t\":\"sub\",\"i\":2,\"ch\":\"stream\"" + since + "}";
  }

  private void hear(JsonNode frame, TestSocket socket) {
    int before = channel.received().size();
    if (!frame.get("t").asText().equals("msg")) {
      channel.subbed(frame);
    } else if (channel.push(frame) == Verdict.HOLE) {
      socket.send(sub("," + channel.since()));
    }
    ahead.release(channel.received().size() - before);
    assertThat(channel.gaps()).isEmpty();
  }

  private void publish(EdgeServer server) {
    for (int n = 0; n < MESSAGES; n++) {
      ahead.acquireUninterruptibly();
      server.publish("stream", "n", String.valueOf(n));
    }
  }
}
