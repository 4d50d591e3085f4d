package io.carillon.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.carillon.core.engine.Ports;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import io.carillon.core.model.Secret;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import io.carillon.core.webhook.WebhookSettings.Filter;
import io.carillon.core.webhook.WebhookSettings.Sending;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine in memory, and a book that outlives it. */
class MovementRelayTest {
  private static final AppId APP = new AppId("1");
  private static final ChannelId ROOM = ChannelId.of(APP, ChannelName.of("presence-room"));
  private static final ChannelId CHAT = ChannelId.of(APP, ChannelName.of("chat"));

  private final FakeTicker ticker = new FakeTicker();
  private final MapBook book = new MapBook();
  private final WebhookDesk desk = new WebhookDesk(ticker, () -> 0);
  private LocalEngine engine = new LocalEngine(ticker, 1_000);
  private MovementRelay relay = relay();

  /** A process with a memory of its own. */
  private MovementRelay relay() {
    engine.movements().follow(app -> desk.interests().wantsMovements(app));
    Ports ports = engine.ports();
    return new MovementRelay(
        new MovementRelay.Sources(engine.movements(), ports.occupancy(), ports.presence()),
        book,
        desk,
        Duration.ofSeconds(3),
        ticker);
  }

  /** The process was killed, and another one has begun. */
  private void restart() {
    engine = new LocalEngine(ticker, 1_000);
    relay = relay();
  }

  @BeforeEach
  void follow() {
    WebhookSettings settings =
        new WebhookSettings(
            "",
            URI.create("https://example.com/"),
            WebhookFormat.PUSHER,
            new Filter(
                EnumSet.of(
                    WebhookType.CHANNEL_OCCUPIED,
                    WebhookType.CHANNEL_VACATED,
                    WebhookType.MEMBER_ADDED,
                    WebhookType.MEMBER_REMOVED),
                ""),
            Sending.USUAL);
    desk.setInterests(
        new Interests(
            List.of(
                new WebhookEndpoint(
                    WebhookId.random(),
                    APP,
                    settings,
                    WebhookSecrets.of(Secret.of("whsec_YQ==")),
                    Instant.EPOCH))));
  }

  private void enter(String user, int connection) {
    engine
        .ports()
        .presence()
        .enter(
            ROOM,
            new PresenceEntry("key" + connection, new Member(user, null)),
            new Hold(new ConnectionId(connection), Duration.ZERO),
            10);
  }

  private void leave(int connection) {
    engine.ports().presence().leave(ROOM, "key" + connection, new ConnectionId(connection));
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      ticker.advance(Duration.ofSeconds(1));
      relay.step();
    }
  }

  @Test
  void comingsAndGoingsAreToldOnce() {
    relay.step();
    engine.ports().occupancy().added(ROOM);
    engine.ports().occupancy().added(ROOM);
    enter("ann", 1);
    enter("ann", 2);
    pass(1);
    assertThat(book.told()).containsExactly("channel_occupied", "member_added ann");

    leave(1);
    engine.ports().occupancy().removed(ROOM);
    pass(5);
    assertThat(book.told()).hasSize(2);

    leave(2);
    engine.ports().occupancy().removed(ROOM);
    pass(2);
    assertThat(book.told()).as("they are held").hasSize(2);
    pass(2);
    assertThat(book.told().subList(2, 4)).containsExactly("member_removed ann", "channel_vacated");
    pass(60);
    relay.compare();
    pass(60);
    assertThat(book.told()).hasSize(4);
  }

  @Test
  void aQuickReconnectIsSwallowed() {
    relay.step();
    engine.ports().occupancy().added(CHAT);
    pass(1);
    engine.ports().occupancy().removed(CHAT);
    pass(2);
    engine.ports().occupancy().added(CHAT);
    pass(60);

    assertThat(book.told()).containsExactly("channel_occupied");
  }

  @Test
  void whoWasThereBeforeAnybodyAskedIsNotToldOfUntilItLeaves() {
    desk.setInterests(Interests.NONE);
    engine.ports().occupancy().added(ROOM);
    enter("ann", 1);
    follow();
    pass(1);
    enter("bob", 2);
    pass(1);
    assertThat(book.told()).containsExactly("member_added bob");

    leave(1);
    leave(2);
    engine.ports().occupancy().removed(ROOM);
    pass(4);

    assertThat(book.told())
        .containsExactlyInAnyOrder(
            "member_added bob", "member_removed ann", "member_removed bob", "channel_vacated");
  }

  @Test
  void whatAKilledProcessTookWithItIsToldByTheNextOneOnce() {
    relay.step();
    engine.ports().occupancy().added(ROOM);
    engine.ports().occupancy().added(CHAT);
    enter("ann", 1);
    enter("bob", 2);
    pass(1);
    restart();
    engine.ports().occupancy().added(ROOM);
    enter("bob", 7);
    pass(5);
    assertThat(book.told()).as("nobody has compared yet").hasSize(4);

    relay.compare();
    pass(4);
    relay.compare();
    pass(4);

    assertThat(book.told().subList(4, 6))
        .containsExactlyInAnyOrder("member_removed ann", "channel_vacated");
    assertThat(book.told()).hasSize(6);
    assertThat(book.entries).extracting(it -> it.event().id()).doesNotHaveDuplicates();
  }

  @Test
  void aProcessThatDiesBetweenReadingAndWritingLosesNothing() {
    relay.step();
    engine.ports().occupancy().added(CHAT);
    book.failing = true;
    assertThatIllegalStateException().isThrownBy(() -> pass(1));
    assertThat(book.told()).isEmpty();
    book.failing = false;

    pass(3);

    assertThat(book.told()).containsExactly("channel_occupied");
  }

  @Test
  void manyMovementsAreWorkedOffInOneStep() {
    relay.step();
    for (int i = 0; i < 3 * MovementRelay.BATCH; i++) {
      engine.ports().occupancy().added(ChannelId.of(APP, ChannelName.of("room-" + i)));
    }

    relay.step();

    assertThat(book.entries).hasSize(3 * MovementRelay.BATCH);
    assertThat(engine.movements().read(APP, 0, 1).toCompletableFuture().join()).isEmpty();
  }

  /** A book in a map, for one thread. */
  private static final class MapBook implements MovementBook {
    final List<Entry> entries = new ArrayList<>();
    boolean failing;
    private final Map<AppId, TreeMap<Place, Presence>> places = new TreeMap<>();
    private final Map<AppId, Long> readTo = new TreeMap<>();

    List<String> told() {
      return entries.stream()
          .map(
              it -> {
                String user = it.event().detail().userId();
                return it.event().type().word() + (user == null ? "" : " " + user);
              })
          .toList();
    }

    @Override
    public boolean work(AppId app, Work work) {
      TreeMap<Place, Presence> all = places.computeIfAbsent(app, key -> new TreeMap<>());
      Result result = work.apply(new MapPages(readTo.getOrDefault(app, 0L), all));
      if (failing) {
        throw new IllegalStateException("the database is down");
      }
      all.putAll(result.put());
      all.keySet().removeAll(result.removed());
      readTo.put(app, result.readTo());
      entries.addAll(result.entries());
      return true;
    }

    @Override
    public List<AppId> due(long endedBeforeMillis) {
      return places.entrySet().stream()
          .filter(
              it ->
                  it.getValue().values().stream()
                      .anyMatch(p -> p.hasEnded() && p.endedAtMillis() <= endedBeforeMillis))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  private record MapPages(long readTo, TreeMap<MovementBook.Place, MovementBook.Presence> all)
      implements MovementBook.Pages {
    @Override
    public Map<MovementBook.Place, MovementBook.Presence> of(
        Collection<MovementBook.Place> places) {
      return all.entrySet().stream()
          .filter(it -> places.contains(it.getKey()))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<MovementBook.Place, MovementBook.Presence> ended(long beforeMillis, int limit) {
      return all.entrySet().stream()
          .filter(it -> it.getValue().hasEnded() && it.getValue().endedAtMillis() <= beforeMillis)
          .sorted(Comparator.comparingLong(it -> it.getValue().endedAtMillis()))
          .limit(limit)
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<MovementBook.Place> present(MovementBook.Place after, int limit) {
      return all.tailMap(after, false).entrySet().stream()
          .filter(it -> !it.getValue().hasEnded())
          .map(Map.Entry::getKey)
          .limit(limit)
          .toList();
    }
  }
}
