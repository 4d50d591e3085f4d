package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.history.History;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.session.Catchup.Verdict;
import io.carillon.core.testing.FakeDirectory;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchupTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final int WINDOW = 2_000;

  private final FakeTicker ticker = new FakeTicker();
  private final Ports ports = new LocalEngine(ticker, 64L << 20).ports();
  private final ChannelLog log = ports.log();
  private final History history = new History(ports, new FakeDirectory(), ticker);

  private Position append(int count, int bytes) {
    Retention retention = new Retention(WINDOW, Duration.ofMinutes(2), false);
    for (int i = 0; i < count; i++) {
      Payload payload = Payload.binary(new byte[bytes]);
      log.append(CHANNEL, new Message(null, "e", payload, Origin.Backend.TO_EVERYONE), retention);
    }
    return top();
  }

  private Position top() {
    return log.head(CHANNEL).toCompletableFuture().join().top();
  }

  private Catchup catchUp(Resume resume) {
    return Catchup.of(history, CHANNEL, resume, top()).toCompletableFuture().join();
  }

  private static List<Long> offsets(Catchup catchup) {
    return catchup.missed().stream().map(missed -> missed.position().offset()).toList();
  }

  @Test
  void whoeverIsAtTheTopHasMissedNothing() {
    Catchup catchup = catchUp(new Resume.Since(append(3, 1)));

    assertThat(catchup.verdict()).isEqualTo(Verdict.RECOVERED);
    assertThat(catchup.missed()).isEmpty();
  }

  @Test
  void whatFollowedThePositionIsGivenWhole() {
    Position top = append(10, 1);

    Catchup catchup = catchUp(new Resume.Since(new Position(top.epoch(), 7)));

    assertThat(catchup.verdict()).isEqualTo(Verdict.RECOVERED);
    assertThat(offsets(catchup)).containsExactly(8L, 9L, 10L);
    assertThat(catchup.end()).isEqualTo(top);
  }

  @Test
  void aPositionOfAnotherEpochOrOfTheFutureIsLost() {
    Position top = append(10, 1);

    assertThat(catchUp(new Resume.Since(new Position(top.epoch() - 1, 10))).verdict())
        .isEqualTo(Verdict.LOST_EPOCH);
    assertThat(catchUp(new Resume.Since(new Position(top.epoch(), 11))).verdict())
        .isEqualTo(Verdict.LOST_EPOCH);
  }

  @Test
  void aPositionWhoseSuccessorHasExpiredIsLost() {
    Position early = append(5, 1);
    ticker.advance(Duration.ofMinutes(3));
    append(1, 1);

    Catchup catchup = catchUp(new Resume.Since(new Position(early.epoch(), 3)));
    assertThat(catchup.verdict()).isEqualTo(Verdict.LOST_EXPIRED);
    assertThat(catchup.missed()).isEmpty();
    assertThat(catchup.start()).isEqualTo(top());

    // nothing between it and what is kept was lost
    assertThat(catchUp(new Resume.Since(early)).verdict()).isEqualTo(Verdict.RECOVERED);
  }

  @Test
  void aPositionThatIsTooFarBackIsLost() {
    Position top = append(WINDOW + History.DISTANCE_MAX, 1);

    assertThat(catchUp(new Resume.Since(new Position(top.epoch(), 1))).verdict())
        .isEqualTo(Verdict.LOST_TOO_FAR);
  }

  @Test
  void whatTheLogStillHasIsGivenInParts() {
    Position top = append(WINDOW, 1);

    Catchup catchup = catchUp(new Resume.Since(new Position(top.epoch(), 2)));

    assertThat(catchup.verdict()).isEqualTo(Verdict.RECOVERED);
    assertThat(catchup.missed()).hasSize(Catchup.MESSAGES_MAX);
    assertThat(catchup.isCutShortOf(top)).isTrue();
  }

  @Test
  void whatIsGivenAtOnceIsBoundedInBytesAndTheRestIsToldOf() {
    Position top = append(100, 10_000);

    Catchup catchup = catchUp(new Resume.Since(new Position(top.epoch(), 0)));

    assertThat(catchup.verdict()).isEqualTo(Verdict.RECOVERED);
    assertThat(catchup.missed()).hasSizeBetween(20, 40);
    assertThat(catchup.isCutShortOf(top)).isTrue();
    assertThat(catchup.end()).isEqualTo(catchup.missed().getLast().position());
  }

  @Test
  void rewindingGivesTheNewestThatAreKept() {
    append(5, 1);
    ticker.advance(Duration.ofMinutes(3));
    append(3, 1);

    assertThat(offsets(catchUp(new Resume.Rewind(2)))).containsExactly(7L, 8L);
    Catchup all = catchUp(new Resume.Rewind(50));
    assertThat(offsets(all)).containsExactly(6L, 7L, 8L);
    assertThat(all.start().offset()).isEqualTo(5);
    assertThat(all.verdict()).isEqualTo(Verdict.FRESH);
  }
}
