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
import io.carillon.core.testing.FakeDirectory;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
  private static final ChannelId CHANNEL = TestNode.id("room");

  private final FakeTicker ticker = new FakeTicker();
  private final Ports ports = new LocalEngine(ticker, 1 << 20).ports();
  private final ChannelLog log = ports.log();
  private final History history = new History(ports, new FakeDirectory(), ticker);

  private void append(int count) {
    Retention retention = new Retention(50, Duration.ofMinutes(1), false);
    for (int i = 0; i < count; i++) {
      log.append(
          CHANNEL,
          new Message(null, "e", Payload.text("x"), Origin.Backend.TO_EVERYONE),
          retention);
    }
  }

  private HistoryPage read(Direction direction, @Nullable Position from, int limit) {
    return history
        .read(new HistoryQuery(CHANNEL, direction, from, limit))
        .toCompletableFuture()
        .join();
  }

  private static List<Long> offsets(HistoryPage page) {
    return page.publications().stream().map(found -> found.position().offset()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 49, 50, 51, 100})
  void pagesBackwardHaveEveryKeptPublicationOnce(int limit) {
    append(70);
    List<Long> seen = new ArrayList<>();
    HistoryPage page = read(Direction.BACKWARD, null, limit);
    seen.addAll(offsets(page));
    while (page.more()) {
      page = read(Direction.BACKWARD, page.publications().getLast().position(), limit);
      seen.addAll(offsets(page));
    }

    assertThat(seen).hasSize(50).startsWith(70L, 69L).endsWith(22L, 21L).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 100})
  void pagesForwardHaveEveryKeptPublicationOnce(int limit) {
    append(70);
    List<Long> seen = new ArrayList<>();
    HistoryPage page = read(Direction.FORWARD, null, limit);
    seen.addAll(offsets(page));
    while (page.more()) {
      page = read(Direction.FORWARD, page.publications().getLast().position(), limit);
      seen.addAll(offsets(page));
    }

    assertThat(seen).hasSize(50).startsWith(21L, 22L).endsWith(69L, 70L).doesNotHaveDuplicates();
  }

  @Test
  void aChannelWithoutAPastHasAnEmptyPage() {
    HistoryPage page = read(Direction.BACKWARD, null, 10);

    assertThat(page.publications()).isEmpty();
    assertThat(page.more()).isFalse();
  }
}
