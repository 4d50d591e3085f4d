package io.carillon.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.testing.FakeDirectory;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of the past, over a log whose clock the test drives. */
final class PastReaderTest {
  private static final ChannelId CHANNEL = TestNode.id("room");

  private final FakeTicker ticker = new FakeTicker();
  private final Ports ports = new LocalEngine(ticker, 1 << 20).ports();
  private final FakeDirectory directory = new FakeDirectory();
  private final PastReader past =
      new PastReader(new History(ports, directory, ticker), ports, directory, ticker);
  private final long start = ticker.epochMillis();

  /** One a second, of which the log keeps so many. */
  private void append(int count, int kept) {
    ChannelLog log = ports.log();
    for (int i = 0; i < count; i++) {
      log.append(
          CHANNEL,
          new Message(null, "e", Payload.text("x"), Origin.Backend.TO_EVERYONE),
          new Retention(kept, Duration.ofHours(1), false));
      ticker.advance(Duration.ofSeconds(1));
    }
  }

  private @Nullable Long at(int second) {
    return second < 0 ? null : start + second * 1_000L;
  }

  private Past read(PastQuery query) {
    return past.read(query).toCompletableFuture().join();
  }

  private Past read(Direction direction, int after, int before, int limit) {
    return read(
        new PastQuery(new HistoryQuery(CHANNEL, direction, null, limit), at(after), at(before)));
  }

  private static List<Long> offsets(Past past) {
    return past.page().publications().stream().map(it -> it.position().offset()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 20, 1, 20",
    "5, 6, 6, 6",
    "5, 10, 6, 10",
    "0, 1, 1, 1",
    "19, 40, 20, 20",
    "-1, 3, 1, 3",
    "18, -1, 19, 20",
  })
  void theSameTimeIsReadFromEitherEnd(int after, int before, long first, long last) {
    append(20, 100);

    List<Long> forward = offsets(read(Direction.FORWARD, after, before, 100));
    List<Long> backward = offsets(read(Direction.BACKWARD, after, before, 100));

    assertThat(forward).startsWith(first).endsWith(last).hasSize((int) (last - first + 1));
    assertThat(backward.reversed()).isEqualTo(forward);
  }

  @Test
  void aTimeWithoutPublicationsIsEmptyAndNoHole() {
    append(5, 100);

    for (Direction direction : Direction.values()) {
      Past none = read(direction, 7, 9, 10);
      assertThat(none.page().publications()).isEmpty();
      assertThat(none.page().more()).isFalse();
    }
  }

  @Test
  void pagesOfATimeHaveEachOnce() {
    append(30, 100);
    List<Long> seen = new ArrayList<>();
    Position from = null;
    Past page;
    do {
      page =
          read(new PastQuery(new HistoryQuery(CHANNEL, Direction.FORWARD, from, 7), at(5), at(25)));
      seen.addAll(offsets(page));
      List<Publication> found = page.page().publications();
      from = found.isEmpty() ? from : found.getLast().position();
      assertThat(page.complete()).isTrue();
    } while (page.page().more());

    assertThat(seen).hasSize(20).startsWith(6L).endsWith(25L).doesNotHaveDuplicates();
  }

  @Test
  void whatIsNoLongerKeptIsToldOnTheOldestPage() {
    append(30, 10);

    assertThat(read(Direction.BACKWARD, -1, -1, 5).complete()).isTrue();
    assertThat(read(Direction.BACKWARD, -1, -1, 50).complete()).isFalse();
    assertThat(read(Direction.FORWARD, -1, -1, 5).complete()).isFalse();
    Position gone = new Position(1, 3);
    assertThat(
            read(new PastQuery(new HistoryQuery(CHANNEL, Direction.FORWARD, gone, 5), null, null))
                .complete())
        .isFalse();
  }

  @Test
  void aChannelOfWhichAllIsKeptIsComplete() {
    append(10, 100);

    assertThat(read(Direction.BACKWARD, -1, -1, 50).complete()).isTrue();
    assertThat(read(Direction.FORWARD, -1, -1, 50).complete()).isTrue();
    assertThat(read(Direction.FORWARD, -1, -1, 3).complete()).isTrue();
  }
}
