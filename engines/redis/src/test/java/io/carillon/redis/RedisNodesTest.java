package io.carillon.redis;

import static io.carillon.redis.Cases.APP;
import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.await;
import static io.carillon.redis.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.Movement;
import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Several nodes on one Redis, which come and go. */
class RedisNodesTest {
  private static final ChannelId ROOM = channel("presence-room");
  private static final Hold NO_GRACE = new Hold(new ConnectionId(1), Duration.ZERO);
  private static final Hold GRACE = new Hold(new ConnectionId(2), Duration.ofSeconds(2));

  private final RedisProcess server = RedisProcess.start();
  private final List<RedisEngine> engines = new ArrayList<>();
  private final List<PresenceChange> changes = new CopyOnWriteArrayList<>();
  private final List<Integer> counts = new CopyOnWriteArrayList<>();
  private RedisEngine watching = engine();

  @BeforeEach
  void watch() {
    watching.ports().log().listen(publication -> {});
    watching.ports().presence().listen(changes::add);
    watching.ports().occupancy().listen((channel, count) -> counts.add(count));
    answer(watching.ports().log().join(ROOM));
  }

  @AfterEach
  void close() {
    engines.forEach(RedisEngine::close);
    server.close();
  }

  @Test
  void whatADeadNodeHeldIsTakenBackOnce() {
    RedisEngine dying = engine();
    engine();
    dying.ports().occupancy().added(ROOM);
    dying.ports().occupancy().added(channel("other"));
    enter(dying, "anna", NO_GRACE);
    enter(dying, "bert", GRACE);
    // after the others have kept their leases for as long as one lasts
    await("time", () -> watching.mayClaim());
    dying.die();
    long died = System.nanoTime();

    await("leave", () -> changes.stream().anyMatch(change -> change.kind() == Kind.USER_LEFT));

    assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(10));
    await("second leave", () -> changes.size() == 4);
    assertThat(changes)
        .extracting(change -> change.kind() + " " + change.entry().key())
        .containsExactly(
            "USER_JOINED anna", "USER_JOINED bert", "USER_LEFT anna", "USER_LEFT bert");
    await("counts", () -> counts.equals(List.of(1, 0)));
    assertThat(answer(watching.ports().occupancy().occupied(APP, "", "", 10))).isEmpty();
  }

  @Test
  void whatANodeHeldForAMomentIsTakenBackAlthoughNobodyElseKnowsTheApplication() {
    ChannelId alone = ChannelId.of(new AppId("new"), ROOM.name());
    RedisEngine dying = engine();
    await("time", () -> watching.mayClaim());
    dying.ports().occupancy().added(alone);
    assertThat(answer(dying.ports().occupancy().subscriptions(alone))).isEqualTo(1);
    dying.die();

    await("the end", () -> answer(watching.ports().occupancy().subscriptions(alone)) == 0);
  }

  @Test
  void theMovementsOfADeadNodeAreRecordedOnceAlthoughNobodyHasJoined() {
    ChannelId alone = channel("presence-alone");
    RedisEngine dying = engine();
    RedisEngine third = engine();
    engines.forEach(engine -> engine.movements().follow(app -> true));
    dying.ports().occupancy().added(alone);
    answer(
        dying
            .ports()
            .presence()
            .enter(alone, new PresenceEntry("key", new Member("anna", null)), NO_GRACE, 10));
    await("time", () -> watching.mayClaim() && third.mayClaim());
    dying.die();

    await("both ends", () -> answer(watching.movements().read(APP, 0, 10)).size() >= 4);

    assertThat(answer(third.movements().read(APP, 0, 10)))
        .extracting(Movement::kind)
        .containsExactlyInAnyOrder(
            Movement.Kind.OCCUPIED,
            Movement.Kind.JOINED,
            Movement.Kind.VACATED,
            Movement.Kind.LEFT);
  }

  @Test
  void whoComesBackToAnotherNodeWithinItsGraceWasNeverAway() {
    RedisEngine dying = engine();
    enter(dying, "bert", GRACE);
    dying.die();

    enter(watching, "bert", new Hold(new ConnectionId(3), Duration.ofSeconds(2)));
    await("time", () -> watching.mayClaim());

    assertThat(changes).extracting(PresenceChange::kind).containsExactly(Kind.USER_JOINED);
    assertThat(answer(watching.ports().presence().roster(ROOM)).entries()).hasSize(1);
  }

  @Test
  void anEmptiedRedisIsToldEverythingAgain() {
    watching.ports().occupancy().added(ROOM);
    enter(watching, "anna", NO_GRACE);
    await("count", () -> counts.equals(List.of(1)));
    try (Jedis client = server.client()) {
      client.flushAll();
    }

    await("roster", () -> answer(watching.ports().presence().roster(ROOM)).entries().size() == 1);
    await("counts", () -> answer(watching.ports().occupancy().subscriptions(ROOM)) == 1);
    assertThat(answer(watching.ports().occupancy().occupied(APP, "", "", 10)))
        .containsExactly(ROOM);
  }

  @Test
  void anOrderReachesEveryNodeAndThoseThatWereCutOffOrStartLater() {
    List<Order> heard = new CopyOnWriteArrayList<>();
    List<Order> own = new CopyOnWriteArrayList<>();
    RedisEngine sending = engine();
    sending.ports().control().listen(own::add);
    watching.ports().control().listen(heard::add);
    Order first = new RevokeTokens(APP, By.CLIENT, "anna", 5);
    Order second = new Order.TerminateUser(APP, "bert");

    sending.ports().control().broadcast(first);
    await("order", () -> heard.contains(first));
    try (Jedis client = server.client()) {
      client.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
    }
    sending.ports().control().broadcast(second);

    await("missed order", () -> heard.contains(second));
    assertThat(own).containsExactly(first, second);
    List<Order> later = new CopyOnWriteArrayList<>();
    RedisEngine starting = engine();
    starting.ports().control().listen(later::add);
    await("earlier orders", () -> later.contains(first));
  }

  private RedisEngine engine() {
    RedisEngine engine = RedisEngine.start(server.address("t"), 0);
    engines.add(engine);
    return engine;
  }

  private static void enter(RedisEngine engine, String user, Hold hold) {
    answer(
        engine
            .ports()
            .presence()
            .enter(ROOM, new PresenceEntry(user, new Member(user, null)), hold, 100));
  }
}
