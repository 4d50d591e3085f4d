package io.carillon.core.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
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
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.HandLog;
import io.carillon.core.testing.LateArchive;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchivedPublishTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final App PLAIN = TestNode.app(TestNode.APP);
  private static final App APP =
      new App(
          PLAIN.id(),
          PLAIN.tenant(),
          PLAIN.settings(),
          PLAIN.keys(),
          List.of(new ChannelRule(new ChannelPattern("room"), null, null, new HotWindow(0, 1), 1)));

  private final FakeTicker ticker = new FakeTicker();
  private final LateArchive archive = new LateArchive();
  private final ChannelLog log = new LocalEngine(ticker, 1 << 20).ports().log();
  private final Publisher publisher = new Publisher(log, archive, ticker);
  private final List<Publication> delivered = new ArrayList<>();

  @BeforeEach
  void join() {
    log.listen(delivered::add);
    log.join(CHANNEL);
    archive.setLate(true);
  }

  @Test
  void theAnswerWaitsForTheCommitAndSubscribersDoNot() {
    CompletableFuture<PublishOutcome> answer = publish(publisher, "room", "id");

    assertThat(delivered).hasSize(1);
    assertThat(answer).isNotDone();
    archive.commitAll();
    assertThat(answer).isCompletedWithValue(new Published(delivered.getFirst().position(), false));
    assertThat(archived()).isEqualTo(delivered);
  }

  /**
   * Found by the simulation: the log was lost before the commit, a client resumed across the epochs
   * and was told that nothing acknowledged was missing, and then the message was acknowledged.
   */
  @Test
  void whatIsCommittedAfterItsEpochHasEndedIsNotAcknowledged() {
    HandLog lost = new HandLog(ticker);
    CompletableFuture<PublishOutcome> answer =
        publish(new Publisher(lost, archive, ticker), "room", "id");

    lost.flush(CHANNEL);
    archive.seal(CHANNEL, topOf(lost).epoch());
    archive.commitAll();

    assertUnavailable(answer);
    assertThat(lost.forgotten()).containsExactly("id");
    assertThat(archived()).isEmpty();
  }

  @Test
  void itIsWhenNobodyWentOnBefore() {
    HandLog lost = new HandLog(ticker);
    CompletableFuture<PublishOutcome> answer =
        publish(new Publisher(lost, archive, ticker), "room", "id");
    Position position = topOf(lost);

    lost.flush(CHANNEL);
    archive.commitAll();

    assertThat(answer).isCompletedWithValue(new Published(position, false));
    assertThat(archived()).extracting(Publication::position).containsExactly(position);
  }

  private static Position topOf(ChannelLog log) {
    return log.head(CHANNEL).toCompletableFuture().join().top();
  }

  @Test
  void anIdWhoseEpochLastsIsNotLetGoOf() {
    HandLog lasting = new HandLog(ticker);
    Publisher other = new Publisher(lasting, archive, ticker);

    publish(other, "room", "one");
    archive.commitAll();
    publish(other, "room", "two");
    archive.failAll();

    assertThat(lasting.forgotten()).isEmpty();
  }

  @Test
  void aChannelThatIsNotArchivedWaitsForNothing() {
    assertThat(publish(publisher, "other", null)).isCompleted();
    assertThat(archive.waiting()).isZero();
  }

  @Test
  void afterAFailedCommitTheSameIdIsAcknowledgedDeliveredAndStoredOnce() {
    CompletableFuture<PublishOutcome> first = publish(publisher, "room", "id");
    archive.failAll();
    assertUnavailable(first);

    CompletableFuture<PublishOutcome> retry = publish(publisher, "room", "id");
    assertThat(retry).isNotDone();
    archive.commitAll();

    assertThat(retry).isCompletedWithValue(new Published(delivered.getFirst().position(), true));
    assertThat(delivered).hasSize(1);
    assertThat(archived()).isEqualTo(delivered);
  }

  @Test
  void aRetryThatFailsAsWellIsNotAcknowledged() {
    publish(publisher, "room", "id");
    archive.failAll();
    CompletableFuture<PublishOutcome> retry = publish(publisher, "room", "id");
    archive.failAll();

    assertUnavailable(retry);
    assertThat(archived()).isEmpty();
  }

  @Test
  void aRepeatedIdIsNotAcknowledgedBeforeTheFirstIsCommitted() {
    CompletableFuture<PublishOutcome> first = publish(publisher, "room", "id");
    CompletableFuture<PublishOutcome> repeated = publish(publisher, "room", "id");
    assertThat(repeated).isNotDone();

    archive.commitAll();

    Position position = delivered.getFirst().position();
    assertThat(first).isCompletedWithValue(new Published(position, false));
    assertThat(repeated).isCompletedWithValue(new Published(position, true));
    assertThat(archived()).hasSize(1);
  }

  @Test
  void aRetryIsArchivedAlsoWhenTheLogHasLetGoOfTheFirst() {
    publish(publisher, "room", "id");
    archive.failAll();
    ticker.advance(Duration.ofMinutes(2));

    CompletableFuture<PublishOutcome> retry = publish(publisher, "room", "id");
    archive.commitAll();

    assertThat(retry).isCompletedWithValue(new Published(delivered.getFirst().position(), true));
    assertThat(archived())
        .extracting(Publication::position, Publication::message)
        .containsExactly(tuple(delivered.getFirst().position(), delivered.getFirst().message()));
  }

  @Test
  void aRepeatedIdOfWhatOnlyTheArchiveHasIsAcknowledgedWithoutWriting() {
    publish(publisher, "room", "id");
    archive.commitAll();
    ticker.advance(Duration.ofMinutes(2));

    assertThat(publish(publisher, "room", "id"))
        .isCompletedWithValue(new Published(delivered.getFirst().position(), true));
    assertThat(archive.waiting()).isZero();
  }

  @Test
  void aNodeWithoutAnArchiveAcknowledgesNothingOnSuchAChannel() {
    Publisher without = new Publisher(log, Archive.NONE, ticker);

    assertUnavailable(publish(without, "room", "id"));
    assertUnavailable(publish(without, "room", "id"));
  }

  private static void assertUnavailable(CompletableFuture<PublishOutcome> answer) {
    assertThat(answer).isCompleted();
    assertThat(answer.resultNow())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(refused.problem().detail()).contains("same id");
            });
  }

  private List<Publication> archived() {
    return archive
        .read(new Range(CHANNEL, Order.OLDEST_FIRST, null, 100, 0))
        .toCompletableFuture()
        .join();
  }

  private static CompletableFuture<PublishOutcome> publish(
      Publisher publisher, String channel, @Nullable String id) {
    Message message = new Message(id, "event", Payload.text("text"), Origin.Backend.TO_EVERYONE);
    return publisher
        .publish(new PublishCommand(APP, ChannelName.of(channel), message))
        .toCompletableFuture();
  }
}
