package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubscribingTest {
  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();
  private final SessionLane otherLane = node.lane();

  @Test
  void whoIsSubscribedGetsWhatFollowsItsPosition() {
    node.publish("room", "before");
    TestClient client = node.connect(lane).subscribe("room");
    node.publish("room", "after");

    assertThat(client.told()).containsExactly("subscribed room at 1", "room 2 after");
    assertThat(node.subscriptions("room")).isEqualTo(1);

    client.unsubscribe("room");
    node.publish("room", "not told");
    assertThat(client.told()).isEmpty();
    assertThat(node.subscriptions("room")).isZero();
    assertThat(node.engine.joined()).isEmpty();
  }

  @Test
  void everyRefusalIsAnsweredAndLeavesNothing() {
    node.directory.put(
        TestNode.app(TestNode.APP, TestNode.settings(new Limits(10, 100, 10, 1, 2))));
    TestClient client = node.connect(lane);

    client.subscribe("private-a", Grant.NONE);
    client.subscribe("#internal");
    client.subscribe("#server-to-user-anna");
    client.subscribe("presence-a", new Grant.Signed(null));
    assertThat(client.told())
        .containsExactly(
            "refused private-a CHANNEL_DENIED",
            "refused #internal CHANNEL_DENIED",
            "refused #server-to-user-anna CHANNEL_DENIED",
            "refused presence-a MEMBER_INVALID");

    client.subscribe("a").subscribe("a").subscribe("b").subscribe("c");
    assertThat(client.told())
        .containsExactly(
            "subscribed a at 0",
            "refused a ALREADY_SUBSCRIBED",
            "subscribed b at 0",
            "refused c CHANNEL_QUOTA");

    TestClient first = node.connect(lane).enter("presence-a", "anna");
    TestClient second = node.connect(lane).enter("presence-a", "bert");
    assertThat(second.told()).containsExactly("refused presence-a PRESENCE_FULL");
    assertThat(first.told()).containsExactly("subscribed presence-a at 0 with [anna]");
    second.enter("presence-a", "anna");
    assertThat(second.told()).containsExactly("subscribed presence-a at 0 with [anna]");

    assertThat(node.engine.joined())
        .containsExactlyInAnyOrder(TestNode.id("a"), TestNode.id("b"), TestNode.id("presence-a"));
  }

  @Test
  void openChannelsTakeEveryoneAndSignedOnesWhoIsSigned() {
    TestClient client = node.connect(lane);
    client.subscribe("room", Grant.NONE).subscribe("private-encrypted-a");

    assertThat(client.told())
        .containsExactly("subscribed room at 0", "subscribed private-encrypted-a at 0");
  }

  @Test
  void membersComeAndGoOnceForAllTheirConnections() {
    TestClient anna = node.connect(lane).enter("presence-a", "anna");
    TestClient bert = node.connect(otherLane).enter("presence-a", "bert");
    TestClient bertAgain = node.connect(lane).enter("presence-a", "bert");
    assertThat(anna.told())
        .containsExactly("subscribed presence-a at 0 with [anna]", "presence-a +bert");
    assertThat(bert.told()).containsExactly("subscribed presence-a at 0 with [anna, bert]");

    bert.drop();
    assertThat(anna.told()).isEmpty();
    bertAgain.unsubscribe("presence-a");
    assertThat(anna.told()).containsExactly("presence-a -bert");
    assertThat(node.present("presence-a")).containsExactly("anna");
  }

  @Test
  void whoSignedInNeedsNoMemberOfItsOwn() {
    TestClient client = node.connect(lane).signIn("anna");
    client.subscribe("presence-a", new Grant.Signed(null));
    client.enter("presence-b", "other");

    assertThat(client.told())
        .containsExactly(
            "signed in anna",
            "subscribed presence-a at 0 with [anna]",
            "subscribed presence-b at 0 with [other]");
  }

  @Test
  void aCacheChannelSaysItsMessageAfterTheConfirmationAndBeforeWhatFollows() {
    node.publish("cache-a", "kept");
    node.engine.setLate(true);
    TestClient hit = node.connect(lane).subscribe("cache-a");
    node.engine.answerAll();
    node.publish("cache-a", "held");

    assertThat(hit.told())
        .containsExactly("subscribed cache-a at 1", "cached kept", "cache-a 2 held");
  }

  @Test
  void aCacheChannelWithoutMessageSaysSoAndClientEventsAreNotKept() {
    TestClient author = node.connect(lane).subscribe("private-cache-a");
    author.send("private-cache-a", "passing");
    assertThat(author.told())
        .containsExactly("subscribed private-cache-a at 0", "cache missed private-cache-a");

    TestClient next = node.connect(lane).subscribe("private-cache-a");
    assertThat(next.told())
        .containsExactly("subscribed private-cache-a at 1", "cache missed private-cache-a");
  }

  /** Clauses 1.4 and 4.4: every request has a reply, also when a later one overtook it. */
  @Test
  void whatIsCalledOffBeforeItsAnswerIsToldSoUnlessTheSessionHasEnded() {
    List<SubscribeOutcome> outcomes = new ArrayList<>();
    SubscribeCommand command =
        new SubscribeCommand(ChannelName.of("room"), new Grant.Signed(null), Resume.FROM_NOW);
    TestClient client = node.connect(lane);
    node.engine.setLate(true);
    client.turn(() -> client.session().subscribe(command, outcomes::add));
    client.turn(() -> client.session().unsubscribe(ChannelName.of("room")));
    client.turn(() -> client.session().subscribe(command, outcomes::add));
    node.engine.answerAll();
    node.run();

    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.getFirst())
        .isEqualTo(new SubscribeOutcome.CalledOff(ChannelName.of("room")));
    assertThat(outcomes.getLast()).isInstanceOf(SubscribeOutcome.Subscribed.class);

    client.turn(() -> client.session().unsubscribe(ChannelName.of("room")));
    client.turn(() -> client.session().subscribe(command, outcomes::add));
    client.drop();
    node.engine.answerAll();
    node.run();
    assertThat(outcomes).hasSize(2);
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    TestClient own = node.connect(lane).enter("presence-a", "anna");
    TestClient foreign = node.connect(lane, TestNode.OTHER_APP).enter("presence-a", "bert");
    node.publish(TestNode.OTHER_APP, "presence-a", "x", Origin.Backend.TO_EVERYONE);

    assertThat(own.told()).containsExactly("subscribed presence-a at 0 with [anna]");
    assertThat(foreign.told())
        .containsExactly("subscribed presence-a at 0 with [bert]", "presence-a 1 x");
  }

  @Test
  void unsubscribingWhileJoiningLeavesNoGhost() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).enter("presence-a", "anna");
    client.unsubscribe("presence-a");
    node.engine.answerAll();

    assertThat(client.told()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void closingWhileJoiningLeavesNoGhost() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).enter("presence-a", "anna");
    client.drop();
    node.engine.answerAll();

    assertThat(client.told()).isEmpty();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void subscribingAgainWhileJoiningLeavesNoGhost(int firstAnswered) {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).enter("presence-a", "anna");
    client.unsubscribe("presence-a").enter("presence-a", "anna");
    node.engine.answer(firstAnswered);
    node.engine.answerAll();

    assertThat(client.told()).containsExactly("subscribed presence-a at 0 with [anna]");
    assertThat(node.present("presence-a")).containsExactly("anna");
    node.publish("presence-a", "x");
    assertThat(client.told()).containsExactly("presence-a 1 x");
    client.drop();
    assertNothingLeft();
  }

  @Test
  void subscribingAgainAsAnotherMemberLeavesNoGhost() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).enter("presence-a", "anna");
    client.unsubscribe("presence-a").enter("presence-a", "bert");
    node.engine.answerAll();

    assertThat(client.told()).containsExactly("subscribed presence-a at 0 with [bert]");
    client.drop();
    assertNothingLeft();
  }

  @Test
  void anEngineThatFailsRefusesAndNothingLeaks() {
    TestClient client = node.connect(lane);
    node.engine.setBroken(true);
    client.subscribe("room").enter("presence-a", "anna");
    assertThat(client.told())
        .containsExactly("refused room UNAVAILABLE", "refused presence-a UNAVAILABLE");

    node.engine.setBroken(false);
    assertNothingLeft();
    client.subscribe("room");
    assertThat(client.told()).containsExactly("subscribed room at 0");
  }

  @Test
  void anEngineThatFailsAfterJoiningRefusesAndNothingLeaks() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).enter("presence-a", "anna");
    node.engine.answer(0);
    node.engine.setBroken(true);
    node.engine.answerAll();

    assertThat(client.told()).containsExactly("refused presence-a UNAVAILABLE");
    assertThat(client.outlet().turns()).isPositive();
    node.engine.setBroken(false);
    assertNothingLeft();
  }

  @Test
  void anAnswerThatComesLateIsFlushed() {
    node.engine.setLate(true);
    TestClient client = node.connect(lane).subscribe("room");
    node.engine.answerAll();

    assertThat(client.told()).containsExactly("subscribed room at 0");
    assertThat(client.outlet().turns()).isEqualTo(1);
  }

  @Test
  void whoIsClosedByItsConfirmationLeavesNothing() {
    TestClient client = node.connect(lane);
    client.outlet().closeAfter(1);
    client.enter("presence-cache-a", "anna").subscribe("room").signIn("anna");

    assertThat(client.closedBy()).isEqualTo(ErrorCode.SLOW_CONSUMER);
    assertThat(node.node.connections()).isZero();
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    node.run();
    assertThat(node.present("presence-a")).isEmpty();
    assertThat(node.present("presence-cache-a")).isEmpty();
    assertThat(node.present("#online-anna")).isEmpty();
    assertThat(node.subscriptions("presence-a")).isZero();
    assertThat(node.engine.joined()).isEmpty();
  }
}
