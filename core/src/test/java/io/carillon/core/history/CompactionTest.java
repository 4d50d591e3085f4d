package io.carillon.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.AppendOutcome.Appended;
import io.carillon.core.engine.Fold;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalArchive;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Clauses 12.6, 12.7 and 12.9: the past has each message once, as it is now, wherever it is kept.
 */
class CompactionTest {
  private static final ChannelId CHANNEL = ChannelId.of(TestNode.APP, ChannelName.of("room"));

  private final FakeTicker ticker = new FakeTicker();
  private final FakeDirectory directory = new FakeDirectory();
  private final LocalArchive archive = new LocalArchive(100_000);
  private final Retention retention = new Retention(20, Duration.ofMinutes(2), false);

  /** Everything that was published, by position. */
  private final Map<Position, Publication> all = new TreeMap<>();

  private boolean archived;
  private Ports ports = engine();
  private History history = new History(ports, directory, ticker);

  private Ports engine() {
    long floor = archive.epochFloor().toCompletableFuture().join();
    return new LocalEngine(ticker, 1 << 20, floor).ports().withArchive(archive);
  }

  private void setArchived() {
    App plain = TestNode.app(TestNode.APP);
    ChannelRule rule = new ChannelRule(new ChannelPattern("room"), null, null, null, 3);
    directory.put(
        new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule), 0));
    archived = true;
  }

  private void restart() {
    ports = engine();
    history = new History(ports, directory, ticker);
  }

  private Position append(@Nullable String id, String text, Meta meta) {
    Message message =
        new Message(id, "event", Payload.text(text), Origin.Backend.TO_EVERYONE, meta);
    if (ports.log().append(CHANNEL, message, retention).toCompletableFuture().join()
        instanceof Appended(var position, var timestampMillis)) {
      Publication publication = new Publication(CHANNEL, position, message, timestampMillis);
      all.put(position, publication);
      if (archived) {
        archive.append(publication);
      }
      return position;
    }
    throw new AssertionError("a duplicate");
  }

  private Position message(String id, String text) {
    return append(id, text, Meta.NONE);
  }

  private Position operate(Kind kind, Position target, String text) {
    return append(null, text, Meta.of(new Edit.Operation(kind, "m" + target, target, List.of())));
  }

  /** What every message is now, oldest first. */
  private List<Publication> expected() {
    Map<Position, Fold> folds = new TreeMap<>();
    for (Publication publication : all.values()) {
      if (publication.message().operation() == null) {
        folds.put(publication.position(), new Fold(publication));
      } else {
        folds.values().forEach(fold -> fold.apply(publication));
      }
    }
    return folds.values().stream().map(Fold::result).toList();
  }

  private List<Publication> pages(Direction direction, int limit) {
    List<Publication> seen = new ArrayList<>();
    Position from = null;
    boolean more = true;
    while (more) {
      HistoryPage page =
          history
              .read(new HistoryQuery(CHANNEL, direction, from, limit))
              .toCompletableFuture()
              .join();
      assertThat(page.publications().size()).isLessThanOrEqualTo(limit);
      seen.addAll(page.publications());
      more = page.more();
      from = more ? page.publications().getLast().position() : null;
    }
    return seen;
  }

  private void assertPages(String description, List<Publication> expected, int limit) {
    assertThat(pages(Direction.FORWARD, limit)).as(description).isEqualTo(expected);
    assertThat(pages(Direction.BACKWARD, limit)).as(description).isEqualTo(expected.reversed());
  }

  @Test
  void aTextThatIsStreamedForLongerThanTheWindowReachesIsWhole() {
    Position answer = message("answer", "0");
    for (int i = 1; i < 100; i++) {
      operate(Kind.APPEND, answer, "," + i);
    }
    message("next", "question");

    assertThat(pages(Direction.BACKWARD, 10)).isEqualTo(expected().reversed());
    assertThat(pages(Direction.FORWARD, 1)).isEqualTo(expected());
  }

  @Test
  void aMessageThatIsNotKeptAnyMoreIsNotMadeUpFromOperations() {
    Position gone = message("gone", "gone");
    for (int i = 0; i < 20; i++) {
      message("m" + i, "text");
    }
    operate(Kind.APPEND, gone, "late");

    assertThat(pages(Direction.FORWARD, 100)).isEqualTo(expected().subList(2, 21));
  }

  @Test
  void operationsInTheLogCountOnMessagesInTheArchive() {
    setArchived();
    Position old = message("old", "old");
    Position older = message("older", "older");
    operate(Kind.UPDATE, older, "newer");
    for (int i = 0; i < 50; i++) {
      message("m" + i, "text");
    }
    operate(Kind.APPEND, old, "+");
    operate(Kind.DELETE, older, "");

    assertPages("in one epoch", expected(), 7);
    restart();
    operate(Kind.APPEND, old, "+");
    assertPages("in two epochs", expected(), 7);
    assertThat(history.find(CHANNEL, "old").toCompletableFuture().join())
        .contains(expected().getFirst());
  }

  @Test
  void anyPagesOfAnArchivedChannelHaveEveryMessageAsItIsNow() {
    setArchived();
    long seed = Long.getLong("carillon.seed", System.nanoTime());
    for (int round = 0; round < 20; round++) {
      play(new Random(seed + round), "seed " + (seed + round));
    }
  }

  private void play(Random random, String seed) {
    all.clear();
    ticker.advance(Duration.ofDays(4));
    List<Position> messages = new ArrayList<>();
    for (int step = 0; step < 150; step++) {
      int chance = random.nextInt(100);
      if (messages.isEmpty() || chance < 20) {
        messages.add(message("m" + step + seed, "text" + step));
      } else if (chance == 99) {
        restart();
      } else {
        Kind kind = chance < 22 ? Kind.DELETE : chance < 35 ? Kind.UPDATE : Kind.APPEND;
        Position target = messages.get(random.nextInt(messages.size()));
        operate(kind, target, kind == Kind.DELETE ? "" : "+" + step);
      }
      if (random.nextInt(20) == 0) {
        assertPages(seed + " step " + step, expected(), 1 + random.nextInt(12));
      }
    }
    restart();
    assertPages(seed + " at the end", expected(), 1 + random.nextInt(12));
  }
}
