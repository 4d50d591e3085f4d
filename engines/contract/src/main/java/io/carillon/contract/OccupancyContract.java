package io.carillon.contract;

import static io.carillon.contract.Cases.APP;
import static io.carillon.contract.Cases.OTHER_APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static io.carillon.contract.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Occupancy;
import io.carillon.core.model.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every counter of subscriptions has to do. */
public abstract class OccupancyContract {
  private static final ChannelId CHANNEL = channel("news");

  private final Recorder<Integer> told = new Recorder<>();
  private EngineFixture fixture;
  private Occupancy occupancy;

  protected OccupancyContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void listen() {
    fixture = openEngine();
    fixture.ports().log().listen(publication -> {});
    occupancy = fixture.ports().occupancy();
    occupancy.listen(
        (channel, subscriptions) -> {
          if (channel.equals(CHANNEL)) {
            told.add(subscriptions);
          }
        });
    answer(fixture.ports().log().join(CHANNEL));
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  @Test
  void subscriptionsAreCountedAndEachChangeIsTold() {
    occupancy.added(CHANNEL);
    occupancy.added(CHANNEL);
    occupancy.removed(CHANNEL);

    assertThat(told.await(all -> all.size() >= 3)).containsExactly(1, 2, 1);
    assertThat(answer(occupancy.subscriptions(CHANNEL))).isEqualTo(1);
  }

  @Test
  void aChannelWithoutSubscriptionsIsNotOccupied() {
    occupancy.added(CHANNEL);
    occupancy.removed(CHANNEL);
    told.await(all -> all.size() == 2);

    assertThat(answer(occupancy.subscriptions(CHANNEL))).isZero();
    assertThat(occupied("", 10)).isEmpty();
    assertThat(answer(occupancy.subscriptions(channel("never")))).isZero();
  }

  @Test
  void removingWhatIsNotThereIsNothing() {
    occupancy.removed(CHANNEL);
    occupancy.added(CHANNEL);

    told.await(all -> !all.isEmpty());
    assertThat(answer(occupancy.subscriptions(CHANNEL))).isEqualTo(1);
  }

  @Test
  void channelsAreListedByPrefixInTheOrderOfTheirNames() {
    for (String name : List.of("room-b", "presence-x", "room-a", "room", "roo", "room-a1")) {
      occupancy.added(channel(name));
    }

    assertThat(occupied("room", 10)).containsExactly("room", "room-a", "room-a1", "room-b");
    assertThat(occupied("presence-", 10)).containsExactly("presence-x");
    assertThat(occupied("none", 10)).isEmpty();
  }

  @Test
  void aListHasItsLimit() {
    for (String name : List.of("c", "a", "b", "d")) {
      occupancy.added(channel(name));
    }

    assertThat(occupied("", 3)).containsExactly("a", "b", "c");
  }

  @Test
  void aListGoesOnBehindAName() {
    for (String name : List.of("room-c", "room-a", "hall", "room-b", "zoo")) {
      occupancy.added(channel(name));
    }

    assertThat(occupiedAfter("room-a", "", 2)).containsExactly("room-b", "room-c");
    assertThat(occupiedAfter("room-a", "room-", 10)).containsExactly("room-b", "room-c");
    assertThat(occupiedAfter("room-aa", "room-", 1)).containsExactly("room-b");
    assertThat(occupiedAfter("a", "room-", 1)).containsExactly("room-a");
    assertThat(occupiedAfter("room-c", "room-", 10)).isEmpty();
    assertThat(occupiedAfter("zoo", "", 10)).isEmpty();
  }

  @Test
  void theServersOwnChannelsAreNotListed() {
    occupancy.added(channel("#server-to-user-1"));
    occupancy.added(channel("#online-1"));
    occupancy.added(CHANNEL);

    assertThat(occupied("", 10)).containsExactly("news");
    assertThat(occupied("#", 10)).isEmpty();
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    ChannelId foreign = ChannelId.of(OTHER_APP, CHANNEL.name());
    occupancy.added(CHANNEL);
    occupancy.added(CHANNEL);
    occupancy.added(foreign);

    told.await(all -> all.size() == 2);
    assertThat(answer(occupancy.subscriptions(CHANNEL))).isEqualTo(2);
    assertThat(answer(occupancy.subscriptions(foreign))).isEqualTo(1);
    assertThat(answer(occupancy.occupied(OTHER_APP, "", "", 10))).containsExactly(foreign);
    assertThat(answer(occupancy.occupied(APP, "", "", 10))).containsExactly(CHANNEL);
  }

  @Test
  void concurrentChangesLoseNothing() {
    List<Callable<Boolean>> crowd = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      crowd.add(
          () -> {
            for (int i = 0; i < 500; i++) {
              occupancy.added(CHANNEL);
              occupancy.removed(CHANNEL);
            }
            occupancy.added(CHANNEL);
            return true;
          });
    }

    atOnce(crowd);

    assertThat(told.await(all -> all.size() == 4 * 1_001)).last().isEqualTo(4);
    assertThat(answer(occupancy.subscriptions(CHANNEL))).isEqualTo(4);
  }

  private List<String> occupied(String prefix, int limit) {
    return occupiedAfter("", prefix, limit);
  }

  private List<String> occupiedAfter(String after, String prefix, int limit) {
    return answer(occupancy.occupied(APP, prefix, after, limit)).stream()
        .map(channel -> channel.name().value())
        .toList();
  }
}
