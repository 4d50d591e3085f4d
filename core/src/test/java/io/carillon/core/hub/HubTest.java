package io.carillon.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Head;
import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.testing.FakeLane;
import io.carillon.core.testing.FakeOutlet;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.LateEngine;
import io.carillon.core.testing.TestNode;
import io.carillon.core.testing.TextEncoder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HubTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final Retention RETENTION = new Retention(10, Duration.ofMinutes(1), false);

  private final FakeTicker ticker = new FakeTicker();
  private final LateEngine engine = new LateEngine(new LocalEngine(ticker, 1 << 20).ports());
  private final Hub hub = new Hub(engine.ports().log(), new FakeLane("upkeep", ticker), () -> 0);
  private final FakeLane lane = new FakeLane("one", ticker);
  private final LaneHub laneHub = hub.onLane(lane);
  private final TextEncoder encoder = new TextEncoder();
  private long nextConnection;

  @BeforeEach
  void listen() {
    engine.ports().log().listen(hub);
  }

  @Test
  void oneFrameForEveryoneOfOneFormatAndTurn() {
    TextEncoder otherFormat = new TextEncoder();
    FakeOutlet a = live(laneHub, lane, encoder);
    FakeOutlet b = live(laneHub, lane, encoder);
    FakeOutlet c = live(laneHub, lane, otherFormat);

    append("x");
    append("y");
    lane.runAll();

    assertThat(a.told()).containsExactly("room 1 x", "room 2 y").isEqualTo(b.told());
    assertThat(c.told()).isEqualTo(a.told());
    assertThat(encoder.encoded()).isEqualTo(1);
    assertThat(otherFormat.encoded()).isEqualTo(1);
    assertThat(encoder.released()).isEqualTo(1);
    assertThat(a.turns()).isEqualTo(1);
  }

  @Test
  void whoIsInSeveralChannelsOfATurnHasOneTurn() {
    FakeOutlet outlet = new FakeOutlet();
    List<ChannelId> channels = List.of(CHANNEL, TestNode.id("hall"));
    for (ChannelId channel : channels) {
      Subscriber subscriber = new Subscriber(channel, new ConnectionId(1), outlet, encoder);
      lane.turn(() -> laneHub.attach(subscriber));
      lane.turn(() -> subscriber.goLive(new Position(0, 0), 0));
    }
    channels.forEach(channel -> hub.deliver(new Delivery.Counted(channel, 2)));
    lane.runAll();

    assertThat(outlet.told()).hasSize(2);
    assertThat(outlet.turns()).isEqualTo(1);

    hub.deliver(new Delivery.Counted(CHANNEL, 3));
    lane.runAll();
    assertThat(outlet.turns()).isEqualTo(2);
  }

  /** Each of many that came at once made a write of nothing to everybody who was there. */
  @Test
  void whatAFormatHasNoWordForTouchesNobody() {
    FakeOutlet subscriber = live(laneHub, lane, encoder);
    encoder.setCountsTold(false);

    hub.deliver(new Delivery.Counted(CHANNEL, 2));
    lane.runAll();

    assertThat(subscriber.turns()).isZero();
    assertThat(encoder.released()).isEqualTo(encoder.encoded());
  }

  @Test
  void whoeverMissesSomethingBecauseTheLaneIsOverrunIsClosed() {
    FakeOutlet subscriber = live(laneHub, lane, encoder);
    byte[] payload = new byte[1 << 20];
    int fitting = (int) (LaneHub.INBOX_BYTES_MAX / (payload.length + 100));

    for (int i = 0; i <= fitting; i++) {
      hub.deliver(published(i + 1, payload));
    }
    lane.runAll();

    assertThat(subscriber.closedBy()).isEqualTo(ErrorCode.OVERRUN);

    FakeOutlet later = live(laneHub, lane, encoder);
    append("fine again");
    lane.runAll();
    assertThat(later.told()).hasSize(1);
  }

  private static Delivery published(long offset, byte[] payload) {
    Message message = new Message(null, "big", Payload.binary(payload), Origin.Backend.TO_EVERYONE);
    return new Delivery.Published(new Publication(CHANNEL, new Position(1, offset), message, 0));
  }

  @Test
  void theAuthorDoesNotGetItsOwnMessageBack() {
    FakeOutlet author = live(laneHub, lane, encoder);
    ConnectionId id = new ConnectionId(nextConnection);
    FakeOutlet other = live(laneHub, lane, encoder);

    append("1");
    append("own", new Origin.Client(id, null));
    append("3");
    append("4", new Origin.Backend(id));
    lane.runAll();

    assertThat(author.told()).containsExactly("room 1 1", "room 3 3");
    assertThat(other.told()).containsExactly("room 1 1", "room 2 own", "room 3 3", "room 4 4");
    assertThat(encoder.encoded()).isEqualTo(1);
  }

  @Test
  void whoJoinsMidStreamGetsNothingTwiceAndMissesNothing() {
    live(laneHub, lane, encoder);
    append("in the inbox before");
    FakeOutlet late = new FakeOutlet();
    Subscriber subscriber = subscriber(late, encoder);
    Head[] head = new Head[1];
    lane.turn(() -> head[0] = laneHub.attach(subscriber).toCompletableFuture().join());
    append("behind the head");
    lane.runAll();
    append("still in the inbox");

    assertThat(late.told()).isEmpty();
    lane.turn(() -> subscriber.goLive(head[0].top(), 0));
    assertThat(late.told()).containsExactly("room 2 behind the head");
    lane.runAll();

    assertThat(late.told()).containsExactly("room 2 behind the head", "room 3 still in the inbox");
    assertThat(encoder.released()).isEqualTo(encoder.encoded());
  }

  @Test
  void whoJoinsWhileTheFirstJoinIsUnderWayMissesNothing() {
    engine.setLate(true);
    FakeOutlet[] outlets = {new FakeOutlet(), new FakeOutlet()};
    for (FakeOutlet outlet : outlets) {
      Subscriber subscriber = subscriber(outlet, encoder);
      lane.turn(
          () ->
              laneHub
                  .attach(subscriber)
                  .thenAccept(head -> lane.turn(() -> subscriber.goLive(head.top(), 0))));
    }
    engine.answer(1);
    append("between");
    lane.runAll();
    engine.answerAll();
    append("after");
    lane.runAll();

    assertThat(outlets[1].told()).containsExactly("room 1 between", "room 2 after");
    assertThat(outlets[0].told()).containsExactly("room 2 after");
  }

  /** As another thread may do while this one is still joining. */
  @Test
  void whatIsPublishedRightBehindTheHeadIsNotLost() {
    engine.setAfterJoin(() -> append("right behind"));
    FakeOutlet outlet = live(laneHub, lane, encoder);
    lane.runAll();

    assertThat(outlet.told()).containsExactly("room 1 right behind");
  }

  @Test
  void presenceThatTheRosterHasIsNotToldAgain() {
    FakeOutlet outlet = new FakeOutlet();
    Subscriber subscriber = subscriber(outlet, encoder);
    lane.turn(() -> laneHub.attach(subscriber));
    for (int version = 4; version <= 6; version++) {
      hub.changed(
          new PresenceChange(
              CHANNEL,
              version - 1,
              version,
              PresenceChange.Kind.USER_JOINED,
              new PresenceEntry("k" + version, new Member("u" + version, null)),
              version));
    }
    lane.runAll();

    lane.turn(() -> subscriber.goLive(new Position(0, 0), 5));

    assertThat(outlet.told()).containsExactly("room +u6");
  }

  @Test
  void whoClosesDuringADeliveryTakesNothingFromTheOthers() {
    FakeOutlet a = live(laneHub, lane, encoder);
    Subscriber[] leaving = new Subscriber[1];
    Recipient closing =
        new Recipient() {
          @Override
          public boolean offer(SharedFrame frame, int from, int to) {
            laneHub.detach(leaving[0]);
            return true;
          }

          @Override
          public void endTurn() {}

          @Override
          public void close(Problem problem) {}
        };
    leaving[0] = new Subscriber(CHANNEL, new ConnectionId(99), closing, encoder);
    lane.turn(() -> laneHub.attach(leaving[0]));
    lane.turn(() -> leaving[0].goLive(new Position(0, 0), 0));
    FakeOutlet b = live(laneHub, lane, encoder);

    append("x");
    lane.runAll();
    append("y");
    lane.runAll();

    assertThat(a.told()).containsExactly("room 1 x", "room 2 y").isEqualTo(b.told());
  }

  @Test
  void aBrokenConnectionIsClosedAndTheOthersGoOn() {
    FakeOutlet a = live(laneHub, lane, encoder);
    FakeOutlet broken = live(laneHub, lane, encoder);
    FakeOutlet b = live(laneHub, lane, encoder);
    broken.setBroken(true);

    append("x");
    lane.runAll();

    assertThat(broken.closedBy()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(a.told()).containsExactly("room 1 x").isEqualTo(b.told());
    assertThat(encoder.released()).isEqualTo(1);
  }

  /** A hole must not be silent, and a channel must not stay silent for ever. */
  @Test
  void aBrokenEncoderClosesItsConnectionsAndTheChannelGoesOn() {
    FakeOutlet closed = live(laneHub, lane, encoder);
    encoder.setBroken(true);
    append("x");
    lane.runAll();
    encoder.setBroken(false);
    FakeOutlet next = live(laneHub, lane, encoder);

    append("y");
    lane.runAll();

    assertThat(closed.closedBy()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(next.told()).containsExactly("room 2 y");
  }

  @Test
  void aBurstGoesOutInSeveralFrames() {
    FakeOutlet outlet = live(laneHub, lane, encoder);
    for (int i = 0; i < 2_500; i++) {
      append("m");
    }
    lane.runAll();

    assertThat(outlet.deliveries()).hasSize(2_500);
    assertThat(encoder.encoded()).isEqualTo(3);

    String large = "x".repeat(100_000);
    for (int i = 0; i < 6; i++) {
      append(large);
    }
    lane.runAll();

    assertThat(outlet.deliveries()).hasSize(2_506);
    assertThat(encoder.encoded()).isEqualTo(5);
    assertThat(outlet.turns()).isEqualTo(2);
  }

  @Test
  void whoHoldsTooMuchWhileJoiningIsClosed() {
    FakeOutlet outlet = new FakeOutlet();
    Subscriber subscriber = subscriber(outlet, encoder);
    lane.turn(() -> laneHub.attach(subscriber));
    for (int i = 0; i <= Subscriber.HELD_MAX; i++) {
      append("m");
    }
    lane.runAll();

    assertThat(outlet.closedBy()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void everyLaneGetsItAndTheLastOneLeavesTheLog() {
    FakeLane second = new FakeLane("two", ticker);
    LaneHub secondHub = hub.onLane(second);
    FakeOutlet a = new FakeOutlet();
    Subscriber subscriberA = subscriber(a, encoder);
    lane.turn(() -> laneHub.attach(subscriberA));
    lane.turn(() -> subscriberA.goLive(new Position(0, 0), 0));
    FakeOutlet b = new FakeOutlet();
    Subscriber subscriberB = subscriber(b, encoder);
    second.turn(() -> secondHub.attach(subscriberB));
    second.turn(() -> subscriberB.goLive(new Position(0, 0), 0));

    append("x");
    lane.runAll();
    second.runAll();
    assertThat(a.told()).containsExactly("room 1 x").isEqualTo(b.told());

    lane.turn(() -> laneHub.detach(subscriberA));
    append("y");
    lane.runAll();
    second.runAll();
    assertThat(a.told()).hasSize(1);
    assertThat(b.told()).hasSize(2);
    assertThat(engine.joined()).containsExactly(CHANNEL);

    second.turn(() -> secondHub.detach(subscriberB));
    second.turn(() -> secondHub.detach(subscriberB));
    assertThat(engine.joined()).isEmpty();
  }

  private Subscriber subscriber(FakeOutlet outlet, TextEncoder format) {
    return new Subscriber(CHANNEL, new ConnectionId(++nextConnection), outlet, format);
  }

  private FakeOutlet live(LaneHub laneHub, FakeLane lane, TextEncoder format) {
    FakeOutlet outlet = new FakeOutlet();
    Subscriber subscriber = subscriber(outlet, format);
    lane.turn(
        () -> laneHub.attach(subscriber).thenAccept(head -> subscriber.goLive(head.top(), 0)));
    return outlet;
  }

  private void append(String text) {
    append(text, Origin.Backend.TO_EVERYONE);
  }

  private void append(String text, Origin origin) {
    engine
        .ports()
        .log()
        .append(CHANNEL, new Message(null, "event", Payload.text(text), origin), RETENTION);
  }
}
