package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.testing.FakeOutlet;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionTest {
  private final TestNode node = new TestNode(3);
  private final SessionLane lane = node.lane();
  private final SessionLane otherLane = node.lane();

  @Test
  void openingNeedsAnActiveKeyAnEnabledAppAndRoom() {
    node.directory.put(
        TestNode.app(TestNode.OTHER_APP, new AppSettings(false, Features.DEFAULT, Limits.DEFAULT)));
    node.directory.put(TestNode.app(new AppId("3"), TestNode.settings(new Limits(1, 1, 1, 1, 1))));

    assertThat(refusal(new AppId("unknown"))).isEqualTo(ErrorCode.APP_UNKNOWN);
    assertThat(refusal(TestNode.OTHER_APP)).isEqualTo(ErrorCode.APP_DISABLED);
    TestClient only = node.connect(lane, new AppId("3"));
    assertThat(refusal(new AppId("3"))).isEqualTo(ErrorCode.CONNECTION_QUOTA);
    node.connect(lane);
    node.connect(otherLane);
    assertThat(refusal(TestNode.APP)).isEqualTo(ErrorCode.OVER_CAPACITY);
    assertThat(node.node.connections()).isEqualTo(3);

    only.drop();
    assertThat(node.node.connections()).isEqualTo(2);
    node.connect(lane, new AppId("3"));
  }

  @Test
  void aTokenIsRenewedInTimeOrEndsTheConnection() {
    TestClient client = node.connect(lane);
    client.turn(() -> client.session().renew(new TokenRights(token(100))));

    node.advance(Duration.ofSeconds(79));
    assertThat(client.told()).isEmpty();
    node.advance(Duration.ofSeconds(1));
    assertThat(client.told()).containsExactly("renew in 20000");

    client.turn(() -> client.session().renew(new TokenRights(token(100))));
    node.advance(Duration.ofSeconds(79));
    assertThat(client.told()).isEmpty();
    node.advance(Duration.ofSeconds(1));
    assertThat(client.told()).containsExactly("renew in 20000");
    node.advance(Duration.ofSeconds(19));
    assertThat(client.closedBy()).isNull();
    node.advance(Duration.ofSeconds(1));
    assertThat(client.closedBy()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
  }

  /** Clause 2.8. */
  @Test
  void aTokenMayLimitItsHolderBelowTheApplication() {
    TestClient client = node.connect(lane);
    long now = node.node.ticker().epochMillis() / 1_000;
    ClientToken token =
        new ClientToken(
            "id",
            "anna",
            Capabilities.of(
                Map.of(new ChannelPattern("*"), Set.of(Operation.SUBSCRIBE, Operation.PUBLISH))),
            now,
            now + 100,
            new KeyId("key-" + TestNode.APP),
            new TokenLimits(2, 3));
    client.turn(() -> client.session().renew(new TokenRights(token)));

    client.subscribe("a").subscribe("b").subscribe("c");
    assertThat(client.told().getLast()).isEqualTo("refused c CHANNEL_QUOTA");

    List<PublishOutcome> outcomes = new ArrayList<>();
    Message message = new Message(null, "n", Payload.text("x"), Origin.Backend.TO_EVERYONE);
    for (int i = 0; i < 4; i++) {
      client.turn(
          () -> client.session().append(ChannelName.of("d"), message).thenAccept(outcomes::add));
    }
    assertThat(outcomes).hasSize(4);
    assertThat(outcomes.get(2)).isInstanceOf(PublishOutcome.Published.class);
    assertThat(outcomes.get(3))
        .isInstanceOfSatisfying(
            PublishOutcome.Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.CLIENT_EVENT_RATE));
    node.advance(Duration.ofSeconds(1));
    client.turn(
        () -> client.session().append(ChannelName.of("d"), message).thenAccept(outcomes::add));
    assertThat(outcomes.getLast()).isInstanceOf(PublishOutcome.Published.class);
  }

  private ClientToken token(long seconds) {
    long now = node.node.ticker().epochMillis() / 1_000;
    return new ClientToken(
        "id", "anna", Capabilities.NONE, now, now + seconds, new KeyId("key-" + TestNode.APP));
  }

  @Test
  void clientEventsReachTheOthersOnly() {
    TestClient author = node.connect(lane).enter("presence-a", "anna");
    TestClient other = node.connect(otherLane).enter("presence-a", "bert");
    other.told();
    author.told();

    author.send("presence-a", "hello");

    assertThat(author.told()).isEmpty();
    assertThat(other.told()).containsExactly("presence-a 1 hello");
  }

  @Test
  void clientEventsAreRefusedWhereTheyAreNotAllowed() {
    TestClient client = node.connect(lane).subscribe("room").subscribe("private-encrypted-a");
    client.told();

    client.send("room", "x").send("private-encrypted-a", "x").send("private-b", "x");
    assertThat(client.told())
        .containsExactly(
            "failed CLIENT_EVENT_NOT_ALLOWED",
            "failed CLIENT_EVENT_NOT_ALLOWED",
            "failed NOT_SUBSCRIBED");

    client.subscribe("private-a").told();
    client.send("private-a", "x".repeat(10_241));
    assertThat(client.told()).containsExactly("failed MESSAGE_TOO_LARGE");
    node.engine.setBroken(true);
    client.send("private-a", "x");
    assertThat(client.told()).containsExactly("failed UNAVAILABLE");
    node.engine.setBroken(false);
    node.directory.put(TestNode.app(TestNode.APP, AppSettings.DEFAULT));
    node.run();
    client.send("private-a", "x");
    assertThat(client.told()).containsExactly("failed CLIENT_EVENTS_DISABLED");
  }

  @Test
  void whileJoiningThereIsNothingToSendTo() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).subscribe("private-a").send("private-a", "x");

    assertThat(client.told()).containsExactly("failed NOT_SUBSCRIBED");
  }

  @Test
  void theEleventhClientEventOfASecondIsRefusedAndTheNextSecondIsFine() {
    TestClient client = node.connect(lane).subscribe("private-a");
    client.told();
    for (int i = 0; i < 10; i++) {
      client.send("private-a", "x");
    }
    assertThat(client.told()).isEmpty();

    client.send("private-a", "eleventh");
    assertThat(client.told()).containsExactly("failed CLIENT_EVENT_RATE");
    node.advance(Duration.ofMillis(999));
    client.send("private-a", "too early");
    assertThat(client.told()).containsExactly("failed CLIENT_EVENT_RATE");
    node.advance(Duration.ofMillis(1));
    client.send("private-a", "fine");
    assertThat(client.told()).isEmpty();
  }

  @Test
  void whoSignsInHasItsOwnChannelAndStaysWhoItIs() {
    TestClient client = node.connect(lane).signIn("anna").subscribe("#server-to-user-anna");
    client.subscribe("#server-to-user-bert").signIn("bert").signIn("anna");
    node.publish("#server-to-user-anna", "hello");

    assertThat(client.told())
        .containsExactly(
            "signed in anna",
            "subscribed #server-to-user-anna at 0",
            "refused #server-to-user-bert CHANNEL_DENIED",
            "failed SIGNED_IN_AS_ANOTHER",
            "signed in anna",
            "#server-to-user-anna 1 hello");
  }

  @Test
  void aWatchlistTellsWhoIsOnlineThenWhoComesAndGoes() {
    TestClient anna = node.connect(otherLane).signIn("anna");
    TestClient watcher = node.connect(lane).signIn("watcher", "bert", "anna", "anna", "bad\n");
    assertThat(watcher.told()).containsExactly("signed in watcher", "online [anna]");

    TestClient bert = node.connect(otherLane).signIn("bert");
    assertThat(watcher.told()).containsExactly("#online-bert +bert");
    anna.drop();
    bert.drop();
    assertThat(watcher.told()).containsExactly("#online-anna -anna", "#online-bert -bert");

    watcher.drop();
    node.run();
    assertThat(node.engine.joined()).isEmpty();
    assertThat(node.present("#online-watcher")).isEmpty();
  }

  @Test
  void aChangeWhileTheWatchlistIsAskedIsToldAfterIt() {
    TestClient anna = node.connect(otherLane).signIn("anna");
    node.engine.setLate(true);
    TestClient watcher = node.connect(lane).signIn("watcher", "anna", "bert");
    // the watcher's own coming, then the two users' channels and anna's roster
    for (int i = 0; i < 4; i++) {
      node.engine.answer(i == 1 || i == 0 ? 0 : node.engine.waiting() - 1);
    }
    anna.drop();
    node.run();
    node.engine.answerAll();

    assertThat(watcher.told()).last().isEqualTo("#online-anna -anna");
  }

  @Test
  void whoLeavesWhileComingOnlineLeavesNoGhost() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).signIn("anna", "bert");
    client.drop();
    node.engine.answerAll();
    node.run();

    assertThat(node.present("#online-anna")).isEmpty();
  }

  /** A token's client id was once not taken for signing in, and its holder heard nothing. */
  @Test
  void aTokensHolderHasItsOwnChannelToo() {
    TestClient client = node.connect(lane, "anna", Set.of(Operation.PUBLISH));
    client.subscribe("#server-to-user-anna").subscribe("#server-to-user-bert");
    node.publish("#server-to-user-anna", "hello");

    assertThat(client.told())
        .containsExactly(
            "subscribed #server-to-user-anna at 0",
            "refused #server-to-user-bert CHANNEL_DENIED",
            "#server-to-user-anna 1 hello");
  }

  @Test
  void terminatingAUserClosesTheConnectionsOfItsTokens() {
    TestClient anna = node.connect(lane, "anna", Set.of(Operation.SUBSCRIBE));
    TestClient bert = node.connect(otherLane, "bert", Set.of(Operation.SUBSCRIBE));
    TestClient nobody = node.connect(otherLane, null, Set.of(Operation.SUBSCRIBE));

    node.node.ports().control().broadcast(new Order.TerminateUser(TestNode.APP, "anna"));

    assertThat(anna.closedBy()).isEqualTo(ErrorCode.UNAUTHORIZED);
    assertThat(bert.closedBy()).isNull();
    assertThat(nobody.closedBy()).isNull();
  }

  @Test
  void terminatingAUserClosesAllItsConnectionsAndNoOthers() {
    TestClient one = node.connect(lane).signIn("anna");
    TestClient two = node.connect(otherLane).signIn("anna");
    TestClient other = node.connect(lane, TestNode.OTHER_APP).signIn("anna");

    node.node.ports().control().broadcast(new Order.TerminateUser(TestNode.APP, "anna"));

    assertThat(one.closedBy()).isEqualTo(ErrorCode.UNAUTHORIZED);
    assertThat(two.closedBy()).isEqualTo(ErrorCode.UNAUTHORIZED);
    assertThat(other.closedBy()).isNull();
  }

  @Test
  void aRevokedKeyADisabledAppAndARemovedOneClose() {
    TestClient one = node.connect(lane);
    App app = TestNode.app(TestNode.APP);
    node.directory.put(new App(app.id(), app.tenant(), app.settings(), List.of(), List.of()));
    assertThat(one.closedBy()).isEqualTo(ErrorCode.APP_UNKNOWN);

    node.directory.put(app);
    TestClient two = node.connect(lane);
    TestClient three = node.connect(otherLane, TestNode.OTHER_APP);
    node.directory.put(
        TestNode.app(TestNode.APP, new AppSettings(false, Features.DEFAULT, Limits.DEFAULT)));
    assertThat(two.closedBy()).isEqualTo(ErrorCode.APP_DISABLED);
    assertThat(three.closedBy()).isNull();
    node.directory.remove(TestNode.OTHER_APP);
    assertThat(three.closedBy()).isEqualTo(ErrorCode.APP_UNKNOWN);
    assertThat(node.node.connections()).isZero();
  }

  @Test
  void whereSigningInIsRequiredItHasToHappenInTime() {
    node.directory.put(
        TestNode.app(
            TestNode.APP, new AppSettings(true, new Features(true, false, true), Limits.DEFAULT)));
    TestClient silent = node.connect(lane);
    TestClient signedIn = node.connect(lane).signIn("anna");
    TestClient withToken = node.connect(lane, "anna", Set.of(Operation.SUBSCRIBE));

    node.advance(Duration.ofMillis(29_500));
    assertThat(silent.closedBy()).isNull();
    assertThat(silent.outlet().ticks()).isPositive();
    node.advance(Duration.ofMillis(500));

    assertThat(silent.closedBy()).isEqualTo(ErrorCode.UNAUTHORIZED);
    assertThat(signedIn.closedBy()).isNull();
    assertThat(withToken.closedBy()).isNull();
  }

  @Test
  void whatEndsLetsGoOfEverything() {
    TestClient client = node.connect(lane).signIn("anna", "bert");
    client.subscribe("room").enter("presence-a", "anna").subscribe("cache-a");

    client.drop().drop();

    node.run();
    assertThat(node.node.connections()).isZero();
    assertThat(node.subscriptions("room")).isZero();
    assertThat(node.present("presence-a")).isEmpty();
    assertThat(node.present("#online-anna")).isEmpty();
    assertThat(node.engine.joined()).isEmpty();
    client.subscribe("room").send("private-a", "x").signIn("anna");
    assertThat(node.engine.joined()).isEmpty();
    assertThat(node.present("#online-anna")).isEmpty();
  }

  private ErrorCode refusal(AppId app) {
    if (node.open(lane, app, new FakeOutlet()) instanceof OpenOutcome.Refused(var problem)) {
      return problem.code();
    }
    throw new AssertionError("was opened");
  }
}
