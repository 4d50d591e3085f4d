package io.carillon.contract;

import static io.carillon.contract.Cases.KEEP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.channel;
import static io.carillon.contract.Cases.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log has to keep: the hot window, and the latest message of a cache channel. */
public abstract class RetentionContract {
  private static final ChannelId CHANNEL = channel("cache-news");
  private static final Retention LATEST = new Retention(0, Duration.ofSeconds(1), true);

  private EngineFixture fixture;
  private ChannelLog log;

  protected RetentionContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void open() {
    fixture = openEngine();
    log = fixture.ports().log();
    log.listen(publication -> {});
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  @Test
  void readingAnswersWhatFollowsThePositionOldestFirst() {
    Position top = appendMany(5, KEEP);

    Slice slice = read(top.epoch(), 2, 100);

    assertThat(slice.top()).isEqualTo(top);
    assertThat(slice.complete()).isTrue();
    assertOffsets(slice, 3, 4, 5);
    assertThat(slice.publications().getFirst().message()).isEqualTo(message("m3"));
  }

  @Test
  void readingFromTheTopIsCompleteAndEmpty() {
    Position top = appendMany(3, KEEP);

    Slice slice = read(top.epoch(), 3, 100);

    assertThat(slice.complete()).isTrue();
    assertOffsets(slice);
  }

  @Test
  void aLimitCutsTheNewestOff() {
    Position top = appendMany(5, KEEP);

    Slice slice = read(top.epoch(), 1, 2);

    assertThat(slice.complete()).isTrue();
    assertThat(slice.top()).isEqualTo(top);
    assertOffsets(slice, 2, 3);
  }

  @Test
  void beyondTheTopIsIncomplete() {
    Position top = appendMany(3, KEEP);

    Slice slice = read(top.epoch(), 4, 100);

    assertThat(slice.complete()).isFalse();
    assertThat(slice.top()).isEqualTo(top);
  }

  @Test
  void anotherEpochIsIncomplete() {
    Position top = appendMany(3, KEEP);

    assertThat(read(top.epoch() - 1, 1, 100).complete()).isFalse();
    assertThat(read(top.epoch() + 1, 1, 100).complete()).isFalse();
  }

  @Test
  void aChannelThatNobodyKnowsIsIncomplete() {
    assertThat(read(1, 5, 100).complete()).isFalse();
  }

  @Test
  void onlyTheNewestStayReadable() {
    Position top = appendMany(10, new Retention(3, Duration.ofMinutes(1), false));

    assertThat(read(top.epoch(), 6, 100).complete()).isFalse();
    Slice slice = read(top.epoch(), 7, 100);
    assertThat(slice.complete()).isTrue();
    assertOffsets(slice, 8, 9, 10);
  }

  @Test
  void whatIsTooOldIsNotReadable() {
    answer(log.join(CHANNEL));
    appendMany(2, KEEP);
    fixture.advance(Duration.ofSeconds(90));
    Position top = appendMany(1, KEEP);

    fixture.advance(Duration.ofSeconds(31));

    assertThat(read(top.epoch(), 1, 100).complete()).isFalse();
    Slice slice = read(top.epoch(), 2, 100);
    assertThat(slice.complete()).isTrue();
    assertOffsets(slice, 3);
  }

  @Test
  void whenAllIsTooOldOnlyTheTopIsComplete() {
    answer(log.join(CHANNEL));
    Position top = appendMany(2, KEEP);

    fixture.advance(Duration.ofMinutes(3));

    assertThat(read(top.epoch(), 1, 100).complete()).isFalse();
    assertThat(read(top.epoch(), 2, 100).complete()).isTrue();
  }

  @Test
  void aMessageThatIsNotKeptLeavesNoSilentHole() {
    Position kept = appendMany(2, KEEP);
    append("not kept", new Retention(0, Duration.ofMinutes(1), false));
    append("kept", KEEP);

    assertThat(read(kept.epoch(), 1, 100).complete()).isFalse();
    assertThat(read(kept.epoch(), 2, 100).complete()).isFalse();
    assertOffsets(read(kept.epoch(), 3, 100), 4);
  }

  @Test
  void theLatestIsKeptHalfAnHourWithoutSubscribersAndWithoutWindow() {
    Position position = append("kept", LATEST);

    fixture.advance(Retention.LATEST_AGE.minusSeconds(1));
    Head.Latest latest = kept();

    assertThat(latest.publication().position()).isEqualTo(position);
    assertThat(latest.publication().message()).isEqualTo(message("kept"));
    assertThat(latest.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));

    fixture.advance(Duration.ofSeconds(2));
    assertThat(latest()).isNull();
  }

  @Test
  void theLatestSurvivesThatEveryoneLeaves() {
    answer(log.join(CHANNEL));
    append("kept", LATEST);

    log.leave(CHANNEL);

    assertThat(latest()).isNotNull();
    assertThat(answer(log.join(CHANNEL)).latest()).isNotNull();
  }

  @Test
  void theNextLatestTakesItsPlace() {
    append("one", LATEST);
    fixture.advance(Duration.ofMinutes(20));
    append("two", LATEST);
    fixture.advance(Duration.ofMinutes(20));

    Head.Latest latest = kept();

    assertThat(latest.publication().message()).isEqualTo(message("two"));
  }

  @Test
  void aMessageThatIsNotForLaterDoesNotTakeItsPlace() {
    append("kept", LATEST);
    append("passing", KEEP);

    Head.Latest latest = kept();

    assertThat(latest.publication().message()).isEqualTo(message("kept"));
  }

  @Test
  void aRepeatedIdDoesNotRenewTheLatest() {
    answer(log.append(CHANNEL, message("id", "kept"), LATEST));
    fixture.advance(Duration.ofMinutes(4));
    answer(log.append(CHANNEL, message("id", "kept"), LATEST));
    fixture.advance(Duration.ofMinutes(27));

    assertThat(latest()).isNull();
  }

  private Head.Latest kept() {
    return Objects.requireNonNull(latest(), "no message is kept");
  }

  private Head.@Nullable Latest latest() {
    return answer(log.head(CHANNEL)).latest();
  }

  private Position append(String text, Retention retention) {
    return answer(log.append(CHANNEL, message(text), retention)).position();
  }

  /** Appends m1, m2 and so on; answers the last position. */
  private Position appendMany(int count, Retention retention) {
    Position last = new Position(0, 0);
    for (int i = 1; i <= count; i++) {
      last = append("m" + i, retention);
    }
    return last;
  }

  private Slice read(long epoch, long offset, int limit) {
    return answer(log.read(CHANNEL, new Position(epoch, offset), limit));
  }

  private static void assertOffsets(Slice slice, long... offsets) {
    assertThat(slice.publications())
        .extracting(Publication::position)
        .extracting(Position::offset)
        .containsExactly(Arrays.stream(offsets).boxed().toArray(Long[]::new));
  }
}
