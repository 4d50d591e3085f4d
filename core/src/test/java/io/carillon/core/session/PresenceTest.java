package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Presence of the native protocol, on virtual time. */
final class PresenceTest {
  private static final ChannelName ROOM = ChannelName.of("room");
  private static final Set<Operation> ALL = EnumSet.allOf(Operation.class);
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();
  private final SessionLane otherLane = node.lane();
  private final List<String> answers = new ArrayList<>();

  private TestClient client(@Nullable String clientId) {
    return node.connect(lane, clientId, ALL);
  }

  private TestClient watcher(PresenceView view) {
    TestClient client = node.connect(otherLane, null, ALL);
    client.turn(
        () ->
            client
                .session()
                .subscribe(
                    new SubscribeCommand(ROOM, new Grant.Signed(null), Resume.FROM_NOW, view),
                    client.outlet()::answered));
    client.told();
    return client;
  }

  private void enter(TestClient client, String json) {
    Payload data = Payload.json(json.getBytes(StandardCharsets.UTF_8));
    client.turn(
        () ->
            client
                .session()
                .memberships()
                .enter(
                    ROOM,
                    data,
                    outcome ->
                        answers.add(
                            outcome instanceof MembershipOutcome.Refused(var problem)
                                ? problem.code().slug()
                                : "ok")));
    node.run();
  }

  private void leave(TestClient client) {
    client.turn(() -> client.session().memberships().leave(ROOM));
    node.run();
  }

  private static String key(TestClient client) {
    return client.session().memberKey();
  }

  private static List<Delivery.PresenceDelta> deltas(TestClient client) {
    return client.outlet().deliveries().stream()
        .filter(Delivery.PresenceDelta.class::isInstance)
        .map(Delivery.PresenceDelta.class::cast)
        .toList();
  }

  /** Clauses 9.1 and 9.2: entering needs no subscription. */
  @Test
  void whoEntersIsOnTheRosterUnderItsKey() {
    TestClient anna = client("anna");

    enter(anna, "{}");

    assertThat(answers).containsExactly("ok");
    assertThat(node.present("room")).containsExactly("anna");
    leave(anna);
    assertThat(node.present("room")).isEmpty();
  }

  /** Clause 9.1: without a client id it is known by its key, which is not the secret. */
  @Test
  void whoHasNoClientIdIsKnownByItsKey() {
    TestClient nobody = client(null);

    enter(nobody, "1");

    assertThat(node.present("room")).containsExactly(key(nobody));
    assertThat(key(nobody)).hasSize(22).isNotEqualTo(nobody.session().secret().reveal());
  }

  /** Clause 9.8: the first at once, then the net effect of each window. */
  @Test
  void changesAreJoinedIntoOnePushForEachWindow() {
    TestClient watcher = watcher(PresenceView.CHANGES);
    TestClient a = client("a");
    TestClient b = client("b");
    TestClient c = client("c");

    enter(a, "1");
    enter(b, "1");
    enter(b, "2");
    enter(c, "1");
    leave(c);
    leave(a);
    assertThat(watcher.told()).containsExactly("room (0,1] [" + key(a) + "=1] -[]");
    node.advance(WINDOW.minusMillis(1));
    assertThat(watcher.told()).isEmpty();
    node.advance(Duration.ofMillis(1));

    assertThat(watcher.told())
        .containsExactly("room (1,6] [" + key(b) + "=2] -[" + key(c) + ", " + key(a) + "]");
    node.advance(WINDOW);
    assertThat(watcher.told()).isEmpty();
    leave(b);
    assertThat(watcher.told()).containsExactly("room (6,7] [] -[" + key(b) + "]");
  }

  /** Clauses 9.8 and 9.9: from version 0 means that nobody was there. */
  @Test
  void aRosterThatWasEmptyBeginsAnew() {
    TestClient watcher = watcher(PresenceView.CHANGES);
    TestClient a = client("a");
    TestClient b = client("b");
    enter(a, "1");
    watcher.told();

    leave(a);
    enter(b, "1");
    node.advance(WINDOW);

    assertThat(watcher.told()).containsExactly("room (0,3] [" + key(b) + "=1] -[]");
  }

  /** Clause 9.8: a burst does not make one huge push. */
  @Test
  void aBurstIsCutIntoBoundedPushes() {
    node.directory.put(
        TestNode.app(
            TestNode.APP,
            TestNode.settings(new AppSettings.Limits(5_000, 10_240, 10, 5_000, 1_000))));
    TestClient watcher = watcher(PresenceView.CHANGES);
    List<TestClient> crowd = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      crowd.add(client("user-" + i));
    }
    crowd.forEach(one -> enter(one, "1"));
    node.advance(WINDOW);

    assertThat(deltas(watcher))
        .hasSize(3)
        .allSatisfy(d -> assertThat(d.set().size()).isLessThanOrEqualTo(500));
    assertThat(deltas(watcher).stream().mapToInt(d -> d.set().size()).sum()).isEqualTo(900);
    assertThat(deltas(watcher).get(1).from()).isEqualTo(deltas(watcher).get(0).version());
    assertThat(deltas(watcher).get(2).from()).isEqualTo(deltas(watcher).get(1).version());
  }

  /** Clause 9.10: a number, once a second at most. */
  @Test
  void whoWantsANumberGetsOneEachSecondAtMost() {
    TestClient watcher = watcher(PresenceView.COUNT);
    TestClient a = client("a");

    enter(a, "1");
    enter(client("b"), "1");
    enter(client("c"), "1");
    assertThat(watcher.told()).containsExactly("room n=1");
    node.advance(Duration.ofMillis(999));
    assertThat(watcher.told()).isEmpty();
    node.advance(Duration.ofMillis(1));

    assertThat(watcher.told()).containsExactly("room n=3");
    leave(a);
    node.advance(Duration.ofSeconds(1));
    assertThat(watcher.told()).containsExactly("room n=2");
  }

  /** Clause 10.2: back in time, and nobody was told anything. */
  @Test
  void aSessionThatComesBackInTimeWasNeverAway() {
    TestClient watcher = watcher(PresenceView.CHANGES);
    TestClient anna = client("anna");
    enter(anna, "1");
    node.advance(WINDOW);
    watcher.told();

    anna.drop();
    node.advance(GRACE.minusSeconds(1));
    TestClient back = node.connect(otherLane, "anna", ALL);
    back.turn(() -> back.session().goOnAs(anna.session().secret()));
    enter(back, "1");
    node.advance(GRACE.multipliedBy(3));

    assertThat(key(back)).isEqualTo(key(anna));
    assertThat(watcher.told()).isEmpty();
    assertThat(node.present("room")).containsExactly("anna");
    enter(back, "2");
    assertThat(watcher.told()).containsExactly("room (1,2] [" + key(anna) + "=2] -[]");
  }

  /** Clause 10.3. */
  @Test
  void aSessionThatDoesNotComeBackLeavesOnceWhenItsGraceEnds() {
    TestClient watcher = watcher(PresenceView.CHANGES);
    TestClient anna = client("anna");
    enter(anna, "1");
    node.advance(WINDOW);
    watcher.told();

    anna.drop();
    node.advance(GRACE.minusMillis(1));
    assertThat(watcher.told()).isEmpty();
    node.advance(Duration.ofSeconds(1));

    assertThat(watcher.told()).containsExactly("room (1,2] [] -[" + key(anna) + "]");
    node.advance(GRACE.multipliedBy(2));
    assertThat(watcher.told()).isEmpty();
  }

  /** Clause 10.4. */
  @Test
  void whoSaysGoodbyeLeavesAtOnce() {
    TestClient anna = client("anna");
    enter(anna, "1");

    anna.turn(() -> anna.session().quit());
    anna.drop();

    assertThat(node.present("room")).isEmpty();
  }

  /** Clause 10.4: so does whoever may not come back, but not whoever was moved. */
  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"APP_DISABLED", "DRAINING", "TOKEN_EXPIRED"})
  void whoIsClosedForGoodLeavesAtOnce(ErrorCode reason) {
    TestClient anna = client("anna");
    enter(anna, "1");

    anna.turn(() -> anna.session().close(Problem.of(reason)));

    assertThat(node.present("room")).hasSize(reason == ErrorCode.APP_DISABLED ? 0 : 1);
  }

  /** Clause 9.4. */
  @Test
  void enteringAsksForTheCapabilityAndForLittleData() {
    TestClient reader = node.connect(lane, "r", EnumSet.of(Operation.SUBSCRIBE));
    enter(reader, "1");
    enter(client("big"), "\"" + "x".repeat(1_023) + "\"");

    assertThat(answers).containsExactly("capability-denied", "member-invalid");
    assertThat(node.present("room")).isEmpty();
  }

  /** Clause 9.4. */
  @Test
  void watchingAsksForTheCapability() {
    TestClient reader = node.connect(lane, "r", EnumSet.of(Operation.SUBSCRIBE));
    for (PresenceView view : PresenceView.values()) {
      reader.turn(
          () ->
              reader
                  .session()
                  .subscribe(
                      new SubscribeCommand(
                          ChannelName.of("room-" + view),
                          new Grant.Signed(null),
                          Resume.FROM_NOW,
                          view),
                      reader.outlet()::answered));
    }

    assertThat(reader.told())
        .contains(
            "subscribed room-NONE at 0",
            "refused room-CHANGES CAPABILITY_DENIED",
            "refused room-COUNT CAPABILITY_DENIED");
  }

  /** Clause 9.5. */
  @Test
  void changingDataAgainAndAgainIsTooFast() {
    TestClient anna = client("anna");
    for (int i = 0; i < 12; i++) {
      enter(anna, String.valueOf(i));
    }
    assertThat(answers).hasSize(12).endsWith("ok", "client-event-rate");
  }

  /** Clause 9.4. */
  @Test
  void aRenewedTokenWithoutTheCapabilityEndsMembershipAndWatching() {
    TestClient anna = client("anna");
    enter(anna, "1");
    TestClient watcher = watcher(PresenceView.CHANGES);

    anna.turn(() -> anna.session().renew(node.rights("anna", EnumSet.of(Operation.SUBSCRIBE))));
    watcher.turn(() -> watcher.session().renew(node.rights(null, EnumSet.of(Operation.SUBSCRIBE))));

    assertThat(anna.told()).containsExactly("left room CAPABILITY_DENIED");
    assertThat(watcher.told()).containsExactly("ended room CAPABILITY_DENIED");
    assertThat(node.present("room")).isEmpty();
  }

  /** Clause 9.11. */
  @Test
  void bothProtocolsSeeEachOther() {
    ChannelName channel = ChannelName.of("presence-room");
    TestClient pusher = node.connect(otherLane).enter("presence-room", "pete");
    TestClient watcher = node.connect(otherLane, null, ALL);
    watcher.turn(
        () ->
            watcher
                .session()
                .subscribe(
                    new SubscribeCommand(
                        channel, new Grant.Signed(null), Resume.FROM_NOW, PresenceView.CHANGES),
                    watcher.outlet()::answered));
    assertThat(watcher.told()).containsExactly("subscribed presence-room at 0 with [pete]");
    pusher.told();

    TestClient anna = client("anna");
    TestClient annasOther = client("anna");
    for (TestClient one : List.of(anna, annasOther)) {
      one.turn(() -> one.session().memberships().enter(channel, null, outcome -> {}));
    }
    node.advance(WINDOW);
    assertThat(pusher.told()).containsExactly("presence-room +anna");
    assertThat(watcher.told()).hasSize(1);
    anna.turn(() -> anna.session().memberships().leave(channel));
    assertThat(pusher.told()).isEmpty();
    annasOther.turn(() -> annasOther.session().memberships().leave(channel));
    assertThat(pusher.told()).containsExactly("presence-room -anna");
    pusher.drop();
    node.advance(WINDOW);
    assertThat(deltas(watcher).getLast().gone()).contains(pusher.session().memberKey());
  }
}
