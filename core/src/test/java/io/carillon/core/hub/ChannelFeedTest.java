package io.carillon.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Retention;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.testing.FakeLane;
import io.carillon.core.testing.FakeOutlet;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.HandLog;
import io.carillon.core.testing.TestNode;
import io.carillon.core.testing.TextEncoder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bus is in the test's hands: it loses, repeats and reorders as it likes. */
final class ChannelFeedTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final Retention KEEP = new Retention(5_000, Duration.ofHours(1), false);
  private static final Retention KEEP_NOTHING = new Retention(0, Duration.ZERO, false);

  private final FakeTicker ticker = new FakeTicker();
  private final FakeLane upkeep = new FakeLane("upkeep", ticker);
  private final FakeLane lane = new FakeLane("one", ticker);
  private final HandLog log = new HandLog(ticker);
  private final Hub hub = new Hub(log, upkeep, () -> 0);
  private final LaneHub laneHub = hub.onLane(lane);
  private final TextEncoder encoder = new TextEncoder();
  private final FakeOutlet outlet = new FakeOutlet();

  @BeforeEach
  void listen() {
    log.listen(hub);
  }

  @Test
  void whatComesInOrderNeedsNoLog() {
    subscribe();
    append(3);

    log.bring(0, 1, 2);

    assertThat(told()).containsExactly("1 m", "2 m", "3 m");
    assertThat(log.reads()).isZero();
  }

  @Test
  void aRepeatIsDropped() {
    subscribe();
    append(2);

    log.bring(0, 0, 1, 0, 1);

    assertThat(told()).containsExactly("1 m", "2 m");
    assertThat(log.reads()).isZero();
  }

  @Test
  void aHoleIsReadFromTheLogByOneReadAndWhatCameAheadFollows() {
    subscribe();
    append(5);
    log.setLate(true);

    log.bring(0, 3, 4);
    assertThat(told()).containsExactly("1 m");
    log.answer();

    assertThat(told()).containsExactly("2 m", "3 m", "4 m", "5 m");
    assertThat(log.reads()).isEqualTo(1);
  }

  @Test
  void whatComesLateFillsTheHoleBeforeTheLogAnswers() {
    subscribe();
    append(3);
    log.setLate(true);

    log.bring(2, 0, 1);
    assertThat(told()).containsExactly("1 m", "2 m", "3 m");

    log.answer();
    append(1);
    log.bring(3);
    assertThat(told()).containsExactly("4 m");
  }

  @Test
  void aLostLastMessageIsFoundWithinTwoRounds() {
    subscribe();
    append(2);
    log.bring(0);

    pass(FeedUpkeep.ROUND.multipliedBy(2));

    assertThat(told()).containsExactly("1 m", "2 m");
  }

  @Test
  void anIdleChannelIsReadOnceARound() {
    subscribe();

    pass(FeedUpkeep.ROUND.multipliedBy(20));

    assertThat(log.reads()).isBetween(15, 40);
  }

  @Test
  void afterADoubtTheLogIsAskedAtOnce() {
    subscribe();
    pass(FeedUpkeep.ROUND);
    append(1);

    log.doubt();
    pass(FeedUpkeep.TICK.multipliedBy(3));

    assertThat(told()).containsExactly("1 m");
  }

  /** Clause 3.5. A log that keeps nothing may be slower on its bus than when it is read. */
  @Test
  void whatNobodyKeepsIsWaitedForAndThenSkippedWithAWord() {
    subscribe();
    append(3, KEEP_NOTHING);

    log.bring(0, 2);
    assertThat(told()).containsExactly("1 m");
    pass(FeedUpkeep.PAUSE.multipliedBy(2));

    assertThat(told()).containsExactly("skipped to 2", "3 m");
  }

  /**
   * Found by the simulation: a pause for each hole made a burst on a lossy bus last for minutes.
   */
  @Test
  void manyHolesThatNobodyCanFillAreSkippedAtOnce() {
    subscribe();
    append(100, KEEP_NOTHING);

    log.bring(IntStream.range(0, 50).map(i -> 2 * i).toArray());
    pass(FeedUpkeep.PAUSE.multipliedBy(2));

    assertThat(told()).hasSize(50 + 50).endsWith("99 m", "skipped to 100");
  }

  @Test
  void aCheckDoesNotOvertakeWhatIsOnItsWayAndNotKept() {
    subscribe();
    pass(FeedUpkeep.ROUND);
    append(1, KEEP_NOTHING);
    int reads = log.reads();
    log.doubt();
    while (log.reads() == reads) {
      pass(Duration.ZERO);
    }
    assertThat(told()).isEmpty();

    log.bring(0);
    pass(FeedUpkeep.ROUND);

    assertThat(told()).containsExactly("1 m");
  }

  /** Clause 3.4: what counts positions sees the epoch; the others miss nothing of the new one. */
  @Test
  void aNewEpochIsGivenFromItsBeginningWithAWordBefore() {
    subscribe();
    append(2);
    log.bring(0, 1);
    log.flush(CHANNEL);
    append(3);

    log.bring(4);
    pass(FeedUpkeep.PAUSE.multipliedBy(2));
    log.bring(0, 1);

    assertThat(told()).containsExactly("1 m", "2 m", "skipped to 0", "1 m", "2 m", "3 m");
  }

  @Test
  void anEpochThatEndedIsFoundByTheCheck() {
    subscribe();
    append(1);
    log.bring(0);
    log.flush(CHANNEL);

    pass(FeedUpkeep.ROUND.multipliedBy(2));

    assertThat(told()).containsExactly("1 m", "skipped to 0");
  }

  @Test
  void whileTheLogFailsTheLiveOnesWaitAFewSecondsOnly() {
    subscribe();
    append(4);
    log.setBroken(true);
    log.bring(0, 3);

    pass(Duration.ofSeconds(1));
    assertThat(told()).containsExactly("1 m");
    pass(Duration.ofSeconds(5));
    assertThat(told()).containsExactly("skipped to 3", "4 m");
    assertThat(log.reads()).isLessThan(10);
  }

  @Test
  void aLogThatComesBackInTimeLeavesNoHole() {
    subscribe();
    append(4);
    log.setBroken(true);
    log.bring(0, 3);
    pass(Duration.ofSeconds(1));
    log.setBroken(false);

    pass(Duration.ofSeconds(3));

    assertThat(told()).containsExactly("1 m", "2 m", "3 m", "4 m");
  }

  @Test
  void whatWaitsIsBoundedAndReadLater() {
    int all = Ahead.PUBLICATIONS_MAX + 400;
    subscribe();
    append(all);
    log.setLate(true);

    log.bring(IntStream.range(1, all).toArray());
    log.setLate(false);
    log.answer();

    assertThat(told()).hasSize(all);
    assertThat(log.reads()).isEqualTo(5);
  }

  @Test
  void aHoleThatIsTooLargeIsSkipped() {
    subscribe();
    append(ChannelFeed.FILL_MAX + 2);

    log.bring(ChannelFeed.FILL_MAX + 1);
    pass(FeedUpkeep.PAUSE.multipliedBy(2));

    assertThat(told()).containsExactly("skipped to 1001", "1002 m");
  }

  /** The first message behind the head is lost while the join is still under way. */
  @Test
  void aHoleBehindTheHeadIsSeenToo() {
    Subscriber subscriber = new Subscriber(CHANNEL, new ConnectionId(1), outlet, encoder);
    lane.turn(
        () ->
            laneHub
                .attach(subscriber)
                .thenAccept(
                    head -> {
                      append(2);
                      log.bring(1);
                      subscriber.goLive(head.top(), 0);
                    }));

    assertThat(told()).containsExactly("1 m", "2 m");
  }

  /**
   * Found by the simulation: of two joins under way the second was answered first, the feed began
   * at its head, and whoever waited for the first one never got what lies between them.
   */
  @Test
  void anOlderHeadThatComesLateIsAskedForAgain() {
    log.setJoinsLate(true);
    subscribe();
    subscribe();
    log.answerJoin(0);
    append(2);
    log.bring(0, 1);
    log.answerJoin(1);
    log.hear(1);
    log.hear(0);
    append(1);
    log.bring(2);

    assertThat(told()).containsExactly("3 m", "3 m");
  }

  private void subscribe() {
    Subscriber subscriber = new Subscriber(CHANNEL, new ConnectionId(1), outlet, encoder);
    lane.turn(
        () -> laneHub.attach(subscriber).thenAccept(head -> subscriber.goLive(head.top(), 0)));
  }

  private void append(int count) {
    append(count, KEEP);
  }

  private void append(int count, Retention retention) {
    for (int i = 0; i < count; i++) {
      log.append(
          CHANNEL,
          new Message(null, "event", Payload.text("m"), Origin.Backend.TO_EVERYONE),
          retention);
    }
  }

  private void pass(Duration duration) {
    Duration step = Duration.ofMillis(50);
    for (long i = duration.dividedBy(step); i >= 0; i--) {
      upkeep.runAll();
      ticker.advance(step);
    }
  }

  private List<String> told() {
    lane.runAll();
    return outlet.take().stream().map(text -> text.substring("room ".length())).toList();
  }
}
