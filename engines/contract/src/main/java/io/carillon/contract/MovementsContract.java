package io.carillon.contract;

import static io.carillon.contract.Cases.APP;
import static io.carillon.contract.Cases.OTHER_APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every record of comings and goings has to do. */
public abstract class MovementsContract {
  private static final ChannelId ROOM = channel("room");
  private static final int LOOKS_MAX = 1_000;

  private EngineFixture fixture;
  private Movements movements;
  private Occupancy occupancy;
  private PresenceStore presence;

  protected MovementsContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void follow() {
    fixture = openEngine();
    movements = fixture.movements();
    movements.follow(APP::equals);
    occupancy = fixture.ports().occupancy();
    presence = fixture.ports().presence();
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  private List<Movement> recorded() {
    // counts go the way of changes, so what was done before is recorded
    answer(occupancy.subscriptions(ROOM));
    return answer(movements.read(APP, 0, 100));
  }

  private static String words(Movement movement) {
    return (movement.kind() + " " + movement.channel().name() + " " + movement.userId()).strip();
  }

  private void enter(String key, String user, int connection, Duration grace) {
    answer(
        presence.enter(
            ROOM,
            new PresenceEntry(key, new Member(user, "{}")),
            new Hold(new ConnectionId(connection), grace),
            10));
  }

  @Test
  void theFirstSubscriptionAndTheLastAreMovements() {
    occupancy.added(ROOM);
    occupancy.added(ROOM);
    occupancy.added(channel("other"));
    occupancy.removed(ROOM);
    occupancy.removed(ROOM);
    occupancy.added(ROOM);

    assertThat(recorded())
        .extracting(MovementsContract::words)
        .containsExactly("OCCUPIED room", "OCCUPIED other", "VACATED room", "OCCUPIED room");
  }

  @Test
  void aUsersFirstEntryAndTheLastAreMovements() {
    enter("a", "ann", 1, Duration.ZERO);
    enter("b", "ann", 2, Duration.ZERO);
    enter("a", "ann", 3, Duration.ZERO);
    answer(presence.leave(ROOM, "b", new ConnectionId(2)));
    answer(presence.leave(ROOM, "a", new ConnectionId(3)));
    enter("c", "bob é", 4, Duration.ofSeconds(5));
    answer(presence.lost(ROOM, "c", new ConnectionId(4)));

    assertThat(recorded())
        .extracting(MovementsContract::words)
        .containsExactly("JOINED room ann", "LEFT room ann", "JOINED room bob é");
    fixture.advance(Duration.ofSeconds(6));
    for (int i = 0; i < LOOKS_MAX && recorded().size() < 4; i++) {
      fixture.advance(Duration.ZERO); // letting go may take a moment
    }
    assertThat(recorded()).extracting(MovementsContract::words).endsWith("LEFT room bob é");
  }

  @Test
  void anotherUserUnderAKeyIsALeaveAndAJoin() {
    enter("a", "ann", 1, Duration.ZERO);
    enter("a", "bob", 1, Duration.ZERO);

    assertThat(recorded())
        .extracting(MovementsContract::words)
        .containsExactly("JOINED room ann", "LEFT room ann", "JOINED room bob");
  }

  @Test
  void idsGrowWithTheTimeInThem() {
    for (int i = 0; i < 20; i++) {
      occupancy.added(ROOM);
      occupancy.removed(ROOM);
    }

    List<Movement> all = recorded();

    assertThat(all).hasSize(40);
    assertThat(all).extracting(Movement::id).doesNotHaveDuplicates().isSorted();
    assertThat(all.getLast().atMillis()).isGreaterThan(1_700_000_000_000L);
  }

  private Map<ChannelId, Integer> counts() {
    answer(occupancy.subscriptions(ROOM));
    return answer(movements.takeCounts(APP, 10));
  }

  @Test
  void changedCountsAreTakenOnceWithTheNewestNumber() {
    ChannelId presence = channel("presence-a");
    movements.followCounts(APP::equals);
    occupancy.added(ROOM);
    occupancy.added(ROOM);
    occupancy.added(presence);
    occupancy.added(channel("other"));

    assertThat(counts()).isEqualTo(Map.of(ROOM, 2, channel("other"), 1));
    assertThat(counts()).isEmpty();
    occupancy.removed(ROOM);
    occupancy.removed(ROOM);
    assertThat(counts()).isEqualTo(Map.of(ROOM, 0));
  }

  @Test
  void aLargeCountIsDueAfterAWhile() {
    movements.followCounts(APP::equals);
    for (int i = 0; i < Movements.COUNT_EACH_UP_TO; i++) {
      occupancy.added(ROOM);
    }
    assertThat(counts()).isEqualTo(Map.of(ROOM, Movements.COUNT_EACH_UP_TO));
    occupancy.added(ROOM);
    occupancy.added(ROOM);

    assertThat(counts()).isEmpty();
    fixture.advance(Movements.COUNT_INTERVAL.plusSeconds(1));
    assertThat(counts()).isEqualTo(Map.of(ROOM, Movements.COUNT_EACH_UP_TO + 2));
  }

  @Test
  void countsThatNobodyFollowsAreNotKept() {
    occupancy.added(ROOM);
    movements.followCounts(APP::equals);

    assertThat(counts()).isEmpty();
  }

  @Test
  void whatIsNotFollowedIsNotRecorded() {
    ChannelId others = ChannelId.of(OTHER_APP, ROOM.name());
    occupancy.added(others);
    occupancy.added(ChannelId.of(APP, ChannelName.ofUser("ann")));
    occupancy.added(ChannelId.of(APP, ChannelName.of("#own")));
    answer(occupancy.subscriptions(others));

    assertThat(recorded()).isEmpty();
    assertThat(answer(movements.read(OTHER_APP, 0, 10))).isEmpty();
  }

  @Test
  void theyAreReadOnFromAnIdAndForgottenUpToOne() {
    for (int i = 0; i < 5; i++) {
      occupancy.added(channel("room-" + i));
    }
    List<Movement> all = recorded();

    assertThat(answer(movements.read(APP, all.get(1).id(), 2))).isEqualTo(all.subList(2, 4));
    answer(movements.forget(APP, all.get(2).id()));

    assertThat(recorded()).isEqualTo(all.subList(3, 5));
    answer(movements.forget(APP, all.getLast().id()));
    assertThat(recorded()).isEmpty();
    occupancy.added(ROOM);
    assertThat(recorded().getFirst().id()).isGreaterThan(all.getLast().id());
  }
}
