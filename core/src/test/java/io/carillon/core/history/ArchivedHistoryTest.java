package io.carillon.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.history.Resumption.Broken;
import io.carillon.core.history.Resumption.Continuous;
import io.carillon.core.history.Resumption.Reason;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.Publisher;
import io.carillon.core.testing.FakeDirectory;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.LateArchive;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An archived channel over the lives of several processes, with one archive. */
class ArchivedHistoryTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final int DAYS = 3;

  private final FakeTicker ticker = new FakeTicker();
  private final FakeDirectory directory = new FakeDirectory();
  private final LateArchive archive = new LateArchive();

  /** What was acknowledged, oldest first. */
  private final List<Publication> all = new ArrayList<>();

  private App app = app(DAYS, 0);
  private Ports ports;
  private History history;

  ArchivedHistoryTest() {
    directory.put(app);
    ports = ports();
    history = new History(ports, directory, ticker);
  }

  private static App app(@Nullable Integer days, long rulesSince) {
    App plain = TestNode.app(TestNode.APP);
    ChannelRule rule =
        new ChannelRule(new ChannelPattern("room"), null, null, new HotWindow(0, 1), days);
    return new App(
        plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule), rulesSince);
  }

  private void changeRules(@Nullable Integer days) {
    app = app(days, ticker.epochMillis());
    directory.put(app);
  }

  private Ports ports() {
    long floor = archive.epochFloor().toCompletableFuture().join();
    Ports made = new LocalEngine(ticker, 1 << 20, floor).ports().withArchive(archive);
    made.log()
        .listen(
            publication -> {
              if (app.rules().getFirst().historyDays() != null) {
                all.add(publication);
              }
            });
    made.log().join(CHANNEL);
    return made;
  }

  /** The process is killed and another one starts: the log is lost, the archive is not. */
  private void restart() {
    ports = ports();
    history = new History(ports, directory, ticker);
  }

  private void publish(int count) {
    Publisher publisher = new Publisher(ports.log(), archive, ticker);
    for (int i = 0; i < count; i++) {
      Message message = new Message(null, "e", Payload.text("m" + i), Origin.Backend.TO_EVERYONE);
      publisher.publish(new PublishCommand(app, ChannelName.of("room"), message));
    }
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

  private Resumption after(Position position, int limit) {
    return history.after(CHANNEL, position, limit).toCompletableFuture().join();
  }

  private static Position plus(Position position, long offset) {
    return new Position(position.epoch(), position.offset() + offset);
  }

  private static void assertBroken(Resumption resumption, Reason reason) {
    assertThat(resumption)
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.reason()).isEqualTo(reason));
  }

  private void assertFollowing(Resumption resumption, List<Publication> following) {
    assertThat(resumption)
        .isInstanceOfSatisfying(
            Continuous.class,
            continuous -> assertThat(continuous.publications()).isEqualTo(following));
  }

  @Test
  void pagesAndResumptionsHaveNoHoleAndNoRepeatWhateverTheSeam() {
    long seed = Long.getLong("carillon.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(6)) {
        case 0 -> restart();
        case 1 -> ticker.advance(Duration.ofSeconds(random.nextInt(90)));
        default -> publish(random.nextInt(60));
      }
      String at = "seed %d, step %d".formatted(seed, step);
      int limit = 1 + random.nextInt(1 + Math.min(all.size(), 900));
      assertThat(pages(Direction.FORWARD, limit)).as(at).isEqualTo(all);
      assertThat(pages(Direction.BACKWARD, limit)).as(at).isEqualTo(all.reversed());
      if (!all.isEmpty()) {
        int index = random.nextInt(all.size());
        List<Publication> following = all.subList(index + 1, all.size());
        int page = 1 + random.nextInt(all.size());
        assertThat(after(all.get(index).position(), page))
            .as(at)
            .isEqualTo(
                new Continuous(
                    following.subList(0, Math.min(page, following.size())),
                    ports.log().head(CHANNEL).toCompletableFuture().join().top()));
      }
    }
  }

  @Test
  void anUnacknowledgedTailMayBeMissingAfterARestart() {
    publish(5);
    Position acknowledged = all.getLast().position();
    archive.setLate(true);
    publish(3);
    archive.failAll();
    archive.setLate(false);
    restart();
    publish(2);

    List<Publication> newEpoch = all.subList(8, 10);
    assertFollowing(after(acknowledged, 100), newEpoch);
    assertFollowing(after(plus(acknowledged, 2), 100), newEpoch);
  }

  @Test
  void aHoleOfWhatWasNotAcknowledgedIsNotSilent() {
    publish(5);
    Position before = all.getLast().position();
    archive.setLate(true);
    publish(1);
    archive.failAll();
    archive.setLate(false);
    publish(5);
    restart();

    assertBroken(after(before, 100), Reason.EXPIRED);
    assertFollowing(after(plus(before, 1), 100), all.subList(6, 11));
  }

  @Test
  void whatIsNotCommittedYetIsReadFromTheLog() {
    publish(5);
    archive.setLate(true);
    publish(5);

    assertThat(pages(Direction.FORWARD, 3)).isEqualTo(all);
    assertThat(pages(Direction.BACKWARD, 3)).isEqualTo(all.reversed());
  }

  @Test
  void anEpochThatNobodyKnowsProvesNothing() {
    publish(5);
    Position position = all.getLast().position();

    assertBroken(after(new Position(position.epoch() - 1, 1), 100), Reason.EPOCH);
    assertBroken(after(new Position(position.epoch() + 1, 1), 100), Reason.EPOCH);
    assertBroken(after(plus(position, 1), 100), Reason.EPOCH);
  }

  @Test
  void anEpochThatWasNotArchivedToItsEndProvesNothing() {
    publish(5);
    Position position = all.getLast().position();
    changeRules(null);
    publish(3);
    ticker.advance(Duration.ofMinutes(1));
    changeRules(DAYS);
    restart();
    ticker.advance(Duration.ofMinutes(1));
    publish(2);

    assertBroken(after(position, 100), Reason.EPOCH);
  }

  @Test
  void anEpochThatWasArchivedFromItsMiddleProvesItsEnd() {
    changeRules(null);
    publish(3);
    changeRules(DAYS);
    ticker.advance(Duration.ofSeconds(10));
    publish(2);
    Position first = all.getFirst().position();
    restart();
    publish(1);

    assertThat(first.offset()).isEqualTo(4);
    assertFollowing(after(first, 100), all.subList(1, 3));
    assertFollowing(after(new Position(first.epoch(), 3), 100), all);
    assertBroken(after(new Position(first.epoch(), 2), 100), Reason.EPOCH);
  }

  @Test
  void whatIsOlderThanTheRuleSaysIsNotRead() {
    publish(5);
    ticker.advance(Duration.ofDays(DAYS).plusSeconds(1));
    publish(2);

    assertThat(pages(Direction.BACKWARD, 10)).isEqualTo(all.subList(5, 7).reversed());
    assertBroken(after(all.get(2).position(), 100), Reason.EXPIRED);
    assertFollowing(after(all.get(4).position(), 100), all.subList(5, 7));
  }

  @Test
  void withoutARuleThePastIsWhatTheLogHas() {
    publish(5);
    ticker.advance(Duration.ofMinutes(5));
    changeRules(null);

    assertThat(pages(Direction.BACKWARD, 10)).isEmpty();
    assertBroken(after(all.get(2).position(), 100), Reason.EXPIRED);
  }

  @Test
  void aNewProcessHasGreaterEpochsAlsoWhenItsClockIsWrong() {
    publish(1);
    FakeTicker early = new FakeTicker();
    early.advance(Duration.ofDays(-900));

    long floor = archive.epochFloor().toCompletableFuture().join();
    Ports made = new LocalEngine(early, 1 << 20, floor).ports();

    assertThat(made.log().join(CHANNEL).toCompletableFuture().join().top())
        .isGreaterThan(all.getLast().position());
    assertThat(
            archive
                .read(new Range(CHANNEL, Order.OLDEST_FIRST, null, 9, 0))
                .toCompletableFuture()
                .join())
        .isEqualTo(all);
  }
}
