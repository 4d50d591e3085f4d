package io.carillon.core.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.testing.FakeLane;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is the local engine's own; the contract of every engine is tested elsewhere. */
final class LocalEngineTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final Retention KEEP = new Retention(100, Duration.ofMinutes(2), false);

  private final FakeTicker ticker = new FakeTicker();
  private final FakeLane lane = new FakeLane("upkeep", ticker);

  @Test
  void sweepingForgetsWhatNobodyJoinedAndNothingIsKeptOf() {
    LocalEngine engine = new LocalEngine(ticker, 1 << 20);
    LocalLog log = (LocalLog) engine.ports().log();
    engine.sweepOn(lane);
    Position before = append(log, CHANNEL, "x");
    log.join(TestNode.id("joined"));

    ticker.advance(Duration.ofSeconds(119));
    lane.runAll();
    assertThat(log.size()).isEqualTo(2);
    ticker.advance(Duration.ofSeconds(5));
    lane.runAll();

    assertThat(log.size()).isEqualTo(1);
    Position after = append(log, CHANNEL, "y");
    assertThat(after.offset()).isEqualTo(1);
    assertThat(after.epoch()).isGreaterThan(before.epoch());
  }

  @Test
  void anIdKeepsItsChannelForTheDedupeWindow() {
    LocalLog log = new LocalLog(ticker, 1 << 20, 0);
    log.append(CHANNEL, message("id", "x"), new Retention(0, Duration.ofSeconds(1), false));

    ticker.advance(Duration.ofMinutes(4));
    log.sweep();
    assertThat(log.size()).isEqualTo(1);
    ticker.advance(Duration.ofMinutes(1));
    log.sweep();

    assertThat(log.size()).isZero();
  }

  @Test
  void theHotWindowsTogetherKeepToTheirBoundAndTheLeastUsedGoFirst() {
    LocalLog log = new LocalLog(ticker, 64 * 10_000, 0);
    Position last = new Position(0, 0);
    for (int i = 0; i < 50; i++) {
      last = append(log, CHANNEL, "x".repeat(800));
    }

    Slice all = log.read(CHANNEL, new Position(last.epoch(), 0), 100).toCompletableFuture().join();

    assertThat(all.complete()).isFalse();
    assertThat(all.publications()).hasSizeLessThanOrEqualTo(10);
    assertThat(all.publications().getLast().position()).isEqualTo(last);
  }

  /** A client that polls leaves a quiet channel between two polls. */
  @Test
  void aQuietChannelThatIsLeftGoesOnForAWhile() {
    LocalLog log = new LocalLog(ticker, 1 << 20, 0);
    Position before = log.join(CHANNEL).toCompletableFuture().join().top();
    log.leave(CHANNEL);
    ticker.advance(Retention.POSITION_AGE.minusSeconds(1));
    log.sweep();

    assertThat(log.join(CHANNEL).toCompletableFuture().join().top()).isEqualTo(before);

    log.leave(CHANNEL);
    ticker.advance(Retention.POSITION_AGE);
    log.sweep();
    assertThat(log.size()).isZero();
  }

  /** What a channel gave back when it was left once was not counted, and the bound crept down. */
  @Test
  void leavingGivesTheBytesBack() {
    LocalLog log = new LocalLog(ticker, 64 * 10_000, 0);
    for (int i = 0; i < 30; i++) {
      log.join(CHANNEL);
      append(log, CHANNEL, "x".repeat(800));
      ticker.advance(Duration.ofMinutes(3));
      log.leave(CHANNEL);
      ticker.advance(Retention.POSITION_AGE);
      log.sweep();
      assertThat(log.size()).isZero();
    }

    append(log, CHANNEL, "x".repeat(800));
    Position last = append(log, CHANNEL, "x".repeat(800));

    assertThat(
            log.read(CHANNEL, new Position(last.epoch(), 0), 100)
                .toCompletableFuture()
                .join()
                .publications())
        .hasSize(2);
  }

  private static Position append(LocalLog log, ChannelId channel, String text) {
    return log.append(channel, message(null, text), KEEP).toCompletableFuture().join().position();
  }

  private static Message message(@Nullable String id, String text) {
    return new Message(id, "event", Payload.text(text), Origin.Backend.TO_EVERYONE);
  }
}
