package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private final Pair pair = new Pair();

  @Test
  @DisplayName("clause 6.1: pages go from the newest to the oldest")
  void pagesGoFromTheNewestToTheOldest() {
    pair.publish(1, 2, 3, 4, 5);
    assertThat(pages(options -> options.limit(2)))
        .containsExactly(List.of("5", "4"), List.of("3", "2"), List.of("1"));
  }

  @Test
  @DisplayName("clause 6.1: or from a position to the newest")
  void orFromAPositionToTheNewest() {
    pair.publish(1, 2, 3, 4, 5);
    assertThat(pages(options -> options.limit(2).after(new Position(100, 1))))
        .containsExactly(List.of("2", "3"), List.of("4", "5"));
  }

  @Test
  void untilAttachJoinsThePastAndThePresentWithoutHoleOrRepeat() {
    pair.publish(1, 2, 3);
    List<Object> live = pair.collect();
    pair.publish(4);
    assertThat(pages(HistoryOptions::untilAttach)).containsExactly(List.of("3", "2", "1"));
    assertThat(live).containsExactly("4");
  }

  @Test
  void aPageThatALostConnectionTookIsAskedForAgain() {
    pair.publish(1);
    pair.connected();
    pair.server.mute = true;
    CompletableFuture<HistoryPage<Object>> page = pair.channel().historyAsync(options -> {});
    pair.lane.settle();
    pair.server.mute = false;
    pair.server.drop();
    pair.lane.advance(1_000);
    assertThat(page.join().items()).hasSize(1);
    assertThat(page.join().hasMore()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(page.join()::next);
  }

  private List<List<String>> pages(Consumer<HistoryOptions> options) {
    List<List<String>> pages = new ArrayList<>();
    CompletableFuture<HistoryPage<Object>> next = pair.channel().historyAsync(options);
    while (true) {
      pair.lane.settle();
      HistoryPage<Object> page = next.join();
      pages.add(page.items().stream().map(item -> String.valueOf(item.data())).toList());
      if (!page.hasMore()) {
        return pages;
      }
      next = page.nextAsync();
    }
  }
}
