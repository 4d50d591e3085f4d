package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalArchive;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.Position;
import io.carillon.core.runtime.Ticker;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Resuming on an archived channel whose log was lost, between servers with one archive. */
@Timeout(60)
class ArchivedResumeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalArchive archive = new LocalArchive(10_000);

  private EdgeServer server(@Nullable Integer historyDays) {
    App plain = EdgeServer.app(AppSettings.DEVELOPMENT);
    ChannelRule rule =
        new ChannelRule(
            new ChannelPattern("room"), null, null, new HotWindow(100, 60), historyDays);
    App app = new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule));
    long floor = archive.epochFloor().toCompletableFuture().join();
    Ports ports = new LocalEngine(Ticker.SYSTEM, 1 << 24, floor).ports().withArchive(archive);
    return new EdgeServer(Map.of(), app, ports);
  }

  private static void publish(EdgeServer server, int from, int to) {
    for (int n = from; n < to; n++) {
      server.publish("room", "n", String.valueOf(n));
    }
  }

  /** Clause 3.4 and 3.7, until the newest message has come. */
  private static final class Follower {
    private final List<Integer> received = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private Position position = new Position(0, 0);

    void follow(EdgeServer server, String how, int newest) throws Exception {
      try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
        socket.send("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
        socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"room\"" + how + "}");
        JsonNode subbed = JSON.nullNode();
        boolean done = false;
        while (!done) {
          JsonNode frame = JSON.readTree(socket.next());
          switch (frame.get("t").asText()) {
            case "subbed" -> {
              subbed = frame;
              told(frame);
            }
            case "msg" -> hear(frame, socket);
            default -> {}
          }
          done = !received.isEmpty() && received.getLast() == newest;
          done |= subbed.has("recovered") && !subbed.get("recovered").asBoolean();
        }
      }
    }

    private void told(JsonNode subbed) {
      if (!subbed.has("recovered")) {
        long epoch = subbed.get(subbed.has("se") ? "se" : "e").asLong();
        position = new Position(epoch, subbed.get("start").asLong());
      } else if (!subbed.get("recovered").asBoolean()) {
        gaps.add(subbed.get("why").asText());
        position = new Position(subbed.get("e").asLong(), subbed.get("o").asLong());
      }
    }

    private void hear(JsonNode push, TestSocket socket) {
      Position to = new Position(push.get("e").asLong(), push.get("o").asLong());
      if (to.epoch() == position.epoch() && to.offset() <= position.offset()) {
        return;
      }
      if (isHole(push, to)) {
        socket.send("{\"t\":\"sub\",\"i\":3,\"ch\":\"room\"" + since() + "}");
        return;
      }
      for (JsonNode item : push.get("m")) {
        if (to.epoch() != position.epoch() || item.get("o").asLong() > position.offset()) {
          received.add(item.get("d").asInt());
        }
      }
      position = to;
    }

    private boolean isHole(JsonNode push, Position to) {
      if (to.epoch() == position.epoch()) {
        return push.get("f").asLong() > position.offset();
      }
      JsonNode prev = push.get("prev");
      return prev == null
          || prev.get("e").asLong() != position.epoch()
          || prev.get("o").asLong() > position.offset();
    }

    String since() {
      return ",\"since\":{\"e\":" + position.epoch() + ",\"o\":" + position.offset() + "}";
    }
  }

  @Test
  void aLostLogIsCrossedByTheArchive_4_3_and_3_7() throws Exception {
    Follower follower = new Follower();
    try (EdgeServer first = server(7)) {
      publish(first, 0, 5);
      follower.follow(first, ",\"rewind\":3", 4);
      // further back than the hot window keeps
      publish(first, 5, 400);
    }
    try (EdgeServer second = server(7)) {
      publish(second, 400, 450);
    }
    try (EdgeServer third = server(7)) {
      publish(third, 450, 1_700);
      follower.follow(third, follower.since(), 1_699);
    }
    assertThat(follower.gaps).isEmpty();
    assertThat(follower.received).isEqualTo(IntStream.range(2, 1_700).boxed().toList());
  }

  @Test
  void rewindingGoesOnInTheArchiveAcrossEpochs_4_1() throws Exception {
    try (EdgeServer first = server(7)) {
      publish(first, 0, 20);
    }
    Follower follower = new Follower();
    try (EdgeServer second = server(7)) {
      publish(second, 20, 25);
      follower.follow(second, ",\"rewind\":15", 24);
    }
    assertThat(follower.received).isEqualTo(IntStream.range(10, 25).boxed().toList());
  }

  @Test
  void withoutAnArchiveALostLogIsAGapThatIsTold_4_3() throws Exception {
    Follower follower = new Follower();
    try (EdgeServer first = server(null)) {
      publish(first, 0, 5);
      follower.follow(first, ",\"rewind\":5", 4);
    }
    try (EdgeServer second = server(null)) {
      publish(second, 5, 8);
      follower.follow(second, follower.since(), 7);
    }
    assertThat(follower.gaps).containsExactly("epoch");
    assertThat(follower.received).isEqualTo(IntStream.range(0, 5).boxed().toList());
  }

  @Test
  void aPositionBehindTheWindowIsExpiredOrTooFar_4_3() throws Exception {
    Follower follower = new Follower();
    try (EdgeServer server = server(null)) {
      publish(server, 0, 1);
      follower.follow(server, ",\"rewind\":1", 0);
      String since = follower.since();
      publish(server, 1, 200);
      follower.follow(server, since, 199);
      publish(server, 200, 1_200);
      follower.follow(server, since, 1_199);
    }
    assertThat(follower.gaps).containsExactly("expired", "too-far");
  }
}
