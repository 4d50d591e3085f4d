package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestStream;
import io.carillon.edge.fixture.TestStream.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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
 * What {@link ResumeTest} proves of WebSockets, for streams that go on by their last event id and
 * for polls that go on by their cursor (13.4, 13.6, 13.7): their reader knows nothing of positions
 * but to drop what it has had (3.4). The same properties make it larger.
 */
@Timeout(400)
class HttpResumeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int MESSAGES = Integer.getInteger("carillon.resume.messages", 5_000);
  private static final int CUTS = Integer.getInteger("carillon.resume.cuts", 50);
  private static final long SEED = Long.getLong("carillon.seed", 7L);

  private final List<Integer> received = new ArrayList<>();

  /** How far the publisher is ahead of the cursor: less than lies between two cuts. */
  private final Semaphore ahead = new Semaphore(50);

  private final Random random = new Random(SEED);
  private CompletableFuture<Void> publishing = new CompletableFuture<>();
  private long epoch;
  private long position = -1;
  private int cuts;
  private int released;
  private int planned;
  private int repeated;

  @Test
  void aStreamThatIsCutGoesOnByItsLastEventId() throws Exception {
    try (EdgeServer server = new EdgeServer(Map.of())) {
      long began = System.nanoTime();
      String id = null;
      while (received.size() < MESSAGES) {
        try (TestStream stream =
            TestStream.ofKey(server, "&ch=stream", id).onId(this::cursorCame)) {
          int until = nextCut();
          while (received.size() < until || stream.lastEventId().isEmpty()) {
            Event event = stream.next();
            if (!event.type().equals("welcome")) {
              hear(server, JSON.readTree(event.data()));
            }
          }
          id = stream.lastEventId();
        }
        cuts++;
      }
      publishing.join();
      report("stream", began);
    }
  }

  @Test
  void aPollThatIsLostGoesOnByTheCursorBefore() throws Exception {
    try (EdgeServer server = new EdgeServer(Map.of())) {
      long began = System.nanoTime();
      JsonNode answer = JSON.readTree(poll(server, null).join().body());
      answer.get("frames").forEach(frame -> hear(server, frame));
      String cursor = answer.get("cursor").asText();
      int until = nextCut();
      while (received.size() < MESSAGES) {
        CompletableFuture<HttpResponse<String>> polling = poll(server, cursor);
        if (received.size() >= until) {
          cuts++;
          until = nextCut();
          lose(polling);
          continue;
        }
        answer = JSON.readTree(polling.join().body());
        answer.get("frames").forEach(frame -> hear(server, frame));
        cursor = answer.get("cursor").asText();
        cursorCame();
      }
      publishing.join();
      report("poll", began);
    }
  }

  /** Either the request is given up, or its answer never arrives. */
  private void lose(CompletableFuture<HttpResponse<String>> polling) {
    if (random.nextBoolean()) {
      polling.cancel(true);
    } else {
      polling.join();
    }
  }

  private static CompletableFuture<HttpResponse<String>> poll(
      EdgeServer server, @Nullable String cursor) {
    String query = cursor == null ? "ch=stream" : "wait=20&cursor=" + cursor;
    return CLIENT.sendAsync(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + server.port() + "/v1/poll?key=" + KEY + "&" + query))
            .timeout(Duration.ofSeconds(60))
            .build(),
        BodyHandlers.ofString());
  }

  private void cursorCame() {
    ahead.release(received.size() - released);
    released = received.size();
  }

  /** A tenth sooner than the messages would last, so that all cuts come; several may coincide. */
  private int nextCut() {
    planned += random.nextInt(MESSAGES * 9 / (CUTS * 5));
    return cuts < CUTS ? Math.min(MESSAGES, planned) : MESSAGES;
  }

  private void hear(EdgeServer server, JsonNode frame) {
    if (frame.get("t").asText().equals("subbed")) {
      if (position < 0) {
        epoch = frame.get("e").asLong();
        position = frame.get("o").asLong();
        publishing = CompletableFuture.runAsync(() -> publish(server), Thread::startVirtualThread);
      } else {
        assertThat(frame.get("recovered").asBoolean()).as(frame.toString()).isTrue();
      }
      return;
    }
    assertThat(frame.get("t").asText()).as(frame.toString()).isEqualTo("msg");
    assertThat(frame.get("e").asLong()).isEqualTo(epoch);
    assertThat(frame.get("f").asLong()).as(frame.toString()).isLessThanOrEqualTo(position);
    for (JsonNode item : frame.get("m")) {
      if (item.get("o").asLong() > position) {
        received.add(item.get("d").asInt());
      } else {
        repeated++;
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

  private void report(String carrier, long began) {
    String figures =
        carrier
            + ": "
            + received.size()
            + " messages, "
            + cuts
            + " cuts, "
            + repeated
            + " repeated, "
            + (System.nanoTime() - began) / 1_000_000
            + " ms";
    System.out.println(figures);
    assertThat(received)
        .as("seed " + SEED + ", " + figures)
        .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
  }
}
