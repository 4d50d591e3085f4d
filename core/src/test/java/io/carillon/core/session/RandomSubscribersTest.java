package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Head;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.testing.FakeLane;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Clients of two applications on two lanes do anything in any order, while the engine answers late,
 * in any order, and sometimes fails. What each of them is told has to be the log from its position
 * on, without a hole, a repeat or a foreign word, and in the end nothing may be left.
 */
final class RandomSubscribersTest {
  private static final List<String> CHANNELS =
      List.of("room", "private-a", "presence-a", "presence-b");
  private static final int RUNS = 200;
  private static final int STEPS = 400;
  private static final int CLIENTS_MAX = 8;

  @Test
  void everyoneIsToldTheLogFromItsPositionOn() {
    long first = Long.getLong("carillon.seed", System.nanoTime());
    for (long seed = first; seed < first + RUNS; seed++) {
      try {
        new Run(seed).play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("repeat with -Dcarillon.seed=" + seed, e);
      }
    }
  }

  private static final class Run {
    private final Random random;
    private final TestNode node = new TestNode();
    private final List<SessionLane> lanes = List.of(node.lane(), node.lane());
    private final List<Watcher> clients = new ArrayList<>();

    /** Who sent the message at each offset, beginning with 1; null is a backend. */
    private final Map<ChannelId, List<@Nullable ConnectionId>> log = new HashMap<>();

    Run(long seed) {
      random = new Random(seed);
      node.engine.setLate(true);
    }

    void play() {
      for (int i = 0; i < STEPS; i++) {
        node.ticker.advance(Duration.ofMillis(random.nextInt(200)));
        step();
        clients.forEach(Watcher::check);
      }
      node.engine.answerAll();
      node.run();
      clients.forEach(Watcher::checkSettled);
      clients.forEach(watcher -> watcher.client.drop());
      node.engine.answerAll();
      node.run();
      checkNothingLeft();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0 -> connect();
        case 1, 2 -> anyone(watcher -> watcher.subscribe(channel()));
        case 3 -> anyone(watcher -> watcher.unsubscribe(channel()));
        case 4, 5 -> publish(random.nextBoolean() ? TestNode.APP : TestNode.OTHER_APP, channel());
        case 6 -> anyone(watcher -> send(watcher, channel()));
        case 7 -> node.engine.answerAny(random);
        case 8 -> fail();
        case 9 -> drop();
        default -> runOne();
      }
    }

    private void connect() {
      if (clients.size() < CLIENTS_MAX) {
        AppId app = random.nextInt(3) == 0 ? TestNode.OTHER_APP : TestNode.APP;
        TestClient client = node.connect(lanes.get(random.nextInt(lanes.size())), app);
        clients.add(new Watcher(this, client, "user-" + random.nextInt(3)));
      }
    }

    private void drop() {
      if (!clients.isEmpty() && random.nextInt(3) == 0) {
        clients.remove(random.nextInt(clients.size())).client.drop();
      }
    }

    private void fail() {
      if (random.nextInt(3) == 0) {
        node.engine.setBroken(true);
        node.engine.answerAny(random);
        node.engine.setBroken(false);
      }
    }

    private void runOne() {
      SessionLane lane = lanes.get(random.nextInt(lanes.size()));
      ((FakeLane) lane.lane()).runOne();
    }

    private void publish(AppId app, String channel) {
      node.publish(app, channel, app.value(), Origin.Backend.TO_EVERYONE);
      log.computeIfAbsent(id(app, channel), key -> new ArrayList<>()).add(null);
    }

    private void send(Watcher watcher, String channel) {
      AppId app = watcher.client.session().app().id();
      List<@Nullable ConnectionId> all =
          log.computeIfAbsent(id(app, channel), key -> new ArrayList<>());
      watcher.client.send(channel, app.value());
      if (top(app, channel) > all.size()) {
        all.add(watcher.client.session().id());
      }
    }

    private void anyone(Consumer<Watcher> action) {
      if (!clients.isEmpty()) {
        action.accept(clients.get(random.nextInt(clients.size())));
      }
    }

    private String channel() {
      return CHANNELS.get(random.nextInt(CHANNELS.size()));
    }

    /** The next offset after this one that the connection gets, or one more than the top. */
    long next(ChannelId channel, long offset, ConnectionId connection) {
      List<@Nullable ConnectionId> all = log.getOrDefault(channel, List.of());
      long next = offset + 1;
      while (next <= all.size() && connection.equals(all.get((int) next - 1))) {
        next++;
      }
      return next;
    }

    private long top(AppId app, String channel) {
      node.engine.setLate(false);
      Head head = node.node.ports().log().head(id(app, channel)).toCompletableFuture().join();
      node.engine.setLate(true);
      return head.top().offset();
    }

    private void checkNothingLeft() {
      assertThat(node.node.connections()).isZero();
      assertThat(node.engine.joined()).isEmpty();
      assertThat(node.encoder.released()).isEqualTo(node.encoder.encoded());
      node.engine.setLate(false);
      for (AppId app : List.of(TestNode.APP, TestNode.OTHER_APP)) {
        for (String channel : CHANNELS) {
          assertThat(node.node.ports().occupancy().subscriptions(id(app, channel)))
              .isCompletedWithValue(0);
          assertThat(members(id(app, channel))).isEmpty();
        }
      }
    }

    Set<String> members(ChannelId channel) {
      node.engine.setLate(false);
      Set<String> members = new HashSet<>();
      node.node.ports().presence().roster(channel).toCompletableFuture().join().members().stream()
          .map(Member::userId)
          .forEach(members::add);
      node.engine.setLate(true);
      return members;
    }
  }

  /** Compares what one client is told with what it has to be told. */
  private static final class Watcher {
    private final Run run;
    private final TestClient client;
    private final String userId;
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, Set<String>> rosters = new HashMap<>();

    Watcher(Run run, TestClient client, String userId) {
      this.run = run;
      this.client = client;
      this.userId = userId;
    }

    void subscribe(String channel) {
      if (channel.startsWith("presence-")) {
        client.enter(channel, userId);
      } else {
        client.subscribe(channel);
      }
    }

    void unsubscribe(String channel) {
      check();
      client.unsubscribe(channel);
      positions.remove(channel);
    }

    void check() {
      for (String line : client.outlet().take()) {
        String[] words = line.split(" ", 5);
        switch (words[0]) {
          case "subscribed" -> subscribed(words[1], Long.parseLong(words[3]), words);
          case "refused", "failed" -> {}
          default -> delivered(words[0], words[1], words.length > 2 ? words[2] : "");
        }
      }
    }

    private void subscribed(String channel, long offset, String[] words) {
      assertThat(positions.put(channel, offset)).isNull();
      if (words.length > 4) {
        String ids = words[4].substring("with [".length(), words[4].length() - 1);
        rosters.put(channel, new HashSet<>(List.of(ids.split(", ", -1))));
        assertThat(rosters.get(channel)).contains(userId);
      }
    }

    private void delivered(String channel, String what, String text) {
      Long position = positions.get(channel);
      assertThat(position).as("a delivery on %s, which is not subscribed", channel).isNotNull();
      Set<String> roster = rosters.getOrDefault(channel, Set.of());
      if (what.startsWith("+")) {
        assertThat(roster.add(what.substring(1))).as("%s joined once", what).isTrue();
      } else if (what.startsWith("-")) {
        assertThat(roster.remove(what.substring(1))).as("%s left once", what).isTrue();
      } else if (position != null) {
        assertThat(Long.parseLong(what)).isEqualTo(next(channel, position));
        assertThat(text).isEqualTo(client.session().app().id().value());
        positions.put(channel, Long.parseLong(what));
      }
    }

    private long next(String channel, long position) {
      ChannelId id = RandomSubscribersTest.id(client.session().app().id(), channel);
      return run.next(id, position, client.session().id());
    }

    /** Nothing is under way any more: everyone is at the top. */
    void checkSettled() {
      check();
      positions.forEach(
          (channel, position) -> {
            ChannelId id = RandomSubscribersTest.id(client.session().app().id(), channel);
            assertThat(next(channel, position))
                .as("%s is at the top", channel)
                .isGreaterThan(run.log.getOrDefault(id, List.of()).size());
            if (channel.startsWith("presence-")) {
              assertThat(rosters.get(channel)).isEqualTo(run.members(id));
            }
          });
    }
  }

  private static ChannelId id(AppId app, String channel) {
    return ChannelId.of(app, ChannelName.of(channel));
  }
}
