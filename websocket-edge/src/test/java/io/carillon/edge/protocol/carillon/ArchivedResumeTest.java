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
import io.carillon.edge.fixture.FollowedChannel;
import io.carillon.edge.fixture.FollowedChannel.Verdict;
import io.carillon.edge.fixture.TestSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Resuming on an archived channel whose log was lost, between servers with one archive: clauses
 * 3.5, 3.7, 4.1 and 4.3.
 */
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

  /** A client that comes and goes. */
  private static final class Follower {
    private final FollowedChannel channel = new FollowedChannel(new Position(0, 0));

    /** Listens until the newest message has come, or a gap was told. */
    void follow(EdgeServer server, String how, int newest) throws Exception {
      try (TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
        socket.send("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
        socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"room\"," + how + "}");
        int gaps = channel.gaps().size();
        while (channel.gaps().size() == gaps && !hasReceived(newest)) {
          JsonNode frame = JSON.readTree(socket.next());
          switch (frame.get("t").asText()) {
            case "subbed" -> channel.subbed(frame);
            case "msg" -> {
              if (channel.push(frame) == Verdict.HOLE) {
                socket.send("{\"t\":\"sub\",\"i\":3,\"ch\":\"room\"," + channel.since() + "}");
              }
            }
            default -> {}
          }
        }
      }
    }

    private boolean hasReceived(int newest) {
      return !received().isEmpty() && received().getLast() == newest;
    }

    List<Integer> received() {
      return channel.received().stream().map(item -> item.get("d").asInt()).toList();
    }
  }

  @Test
  void aLostLogIsCrossedByTheArchive() throws Exception {
    Follower follower = new Follower();
    try (EdgeServer first = server(7)) {
      publish(first, 0, 5);
      follower.follow(first, "\"rewind\":3", 4);
      // further back than the hot window keeps
      publish(first, 5, 400);
    }
    try (EdgeServer second = server(7)) {
      publish(second, 400, 450);
    }
    try (EdgeServer third = server(7)) {
      publish(third, 450, 1_700);
      follower.follow(third, follower.channel.since(), 1_699);
    }
    assertThat(follower.channel.gaps()).isEmpty();
    assertThat(follower.received()).isEqualTo(IntStream.range(2, 1_700).boxed().toList());
  }

  @Test
  void rewindingGoesOnInTheArchiveAcrossEpochs() throws Exception {
    try (EdgeServer first = server(7)) {
      publish(first, 0, 20);
    }
    Follower follower = new Follower();
    try (EdgeServer second = server(7)) {
      publish(second, 20, 25);
      follower.follow(second, "\"rewind\":15", 24);
    }
    assertThat(follower.received()).isEqualTo(IntStream.range(10, 25).boxed().toList());
  }

  @Test
  void withoutAnArchiveALostLogIsAGapThatIsTold() throws Exception {
    Follower follower = new Follower();
    try (EdgeServer first = server(null)) {
      publish(first, 0, 5);
      follower.follow(first, "\"rewind\":5", 4);
    }
    try (EdgeServer second = server(null)) {
      publish(second, 5, 8);
      follower.follow(second, follower.channel.since(), 7);
    }
    assertThat(follower.channel.gaps()).containsExactly("epoch");
    assertThat(follower.received()).isEqualTo(IntStream.range(0, 5).boxed().toList());
  }

  @Test
  void aPositionBehindTheWindowIsExpiredOrTooFar() throws Exception {
    Follower follower = new Follower();
    try (EdgeServer server = server(null)) {
      publish(server, 0, 1);
      follower.follow(server, "\"rewind\":1", 0);
      String since = follower.channel.since();
      publish(server, 1, 200);
      follower.follow(server, since, 199);
      publish(server, 200, 1_200);
      follower.follow(server, since, 1_199);
    }
    assertThat(follower.channel.gaps()).containsExactly("expired", "too-far");
  }
}
