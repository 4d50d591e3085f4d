package io.carillon.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Retention;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
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
import org.junit.jupiter.api.Test;

/** Clause 5.3 on archived channels: an id is known though the log that knew it is lost. */
class ArchivedIdsTest {
  private static final ChannelId CHANNEL = TestNode.id("room");
  private static final App PLAIN = TestNode.app(TestNode.APP);
  private static final App APP =
      new App(
          PLAIN.id(),
          PLAIN.tenant(),
          PLAIN.settings(),
          PLAIN.keys(),
          List.of(new ChannelRule(new ChannelPattern("room"), null, null, null, 1)));

  private final FakeTicker ticker = new FakeTicker();
  private final LateArchive archive = new LateArchive();
  private final HandLog log = new HandLog(ticker);
  private final Publisher publisher = new Publisher(log, archive, ticker);

  private CompletableFuture<PublishOutcome> publish(@Nullable String id) {
    return publish(publisher, "room", id);
  }

  private static CompletableFuture<PublishOutcome> publish(
      Publisher publisher, String channel, @Nullable String id) {
    Message message = new Message(id, "event", Payload.text("text"), Origin.Backend.TO_EVERYONE);
    return publisher
        .publish(new PublishCommand(APP, ChannelName.of(channel), message))
        .toCompletableFuture();
  }

  private Position published(@Nullable String id) {
    return positionOf(publish(id));
  }

  private static Position positionOf(CompletableFuture<PublishOutcome> answer) {
    assertThat(answer).isCompleted();
    assertThat(answer.resultNow()).isInstanceOf(Published.class);
    return ((Published) answer.resultNow()).position();
  }

  private Position top() {
    return log.head(CHANNEL).toCompletableFuture().join().top();
  }

  private void passWindow() {
    ticker.advance(Retention.DEDUPE_WINDOW);
  }

  @Test
  void afterTheLogIsLostARepeatedIdHasItsFirstPositionAndIsNotDelivered() {
    Position first = published("id");
    log.flush(CHANNEL);

    assertThat(publish("id")).isCompletedWithValue(new Published(first, true));
    assertThat(top().offset()).isZero();
    assertThat(published("other").epoch()).isGreaterThan(first.epoch());
    assertThat(publish("id")).isCompletedWithValue(new Published(first, true));
    assertThat(top().offset()).isEqualTo(1);
  }

  @Test
  void anotherNodeKnowsItToo() {
    Position first = published("id");
    log.flush(CHANNEL);

    assertThat(publish(new Publisher(log, archive, ticker), "room", "id"))
        .isCompletedWithValue(new Published(first, true));
  }

  @Test
  void aChannelThatIsNotArchivedHasOnlyItsLog() {
    Position first = positionOf(publish(publisher, "other", "id"));
    log.flush(TestNode.id("other"));

    assertThat(positionOf(publish(publisher, "other", "id")).isAfter(first)).isTrue();
    assertThat(archive.asked()).isEmpty();
  }

  @Test
  void anIdIsForgottenWhenItsWindowIsOver() {
    Position first = published("id");
    log.flush(CHANNEL);
    passWindow();

    assertThat(published("id").isAfter(first)).isTrue();
  }

  @Test
  void anOldEpochCostsNoQuestion() {
    passWindow();

    published("one");
    published("two");
    publish(new Publisher(log, archive, ticker), "room", "three");
    assertThat(archive.asked()).isEmpty();
  }

  @Test
  void aYoungOneIsAskedForUntilItIsOld() {
    published("one");
    ticker.advance(Retention.DEDUPE_WINDOW.minusMillis(1));
    published("two");
    assertThat(archive.asked()).containsExactly(List.of("one"), List.of("two"));

    ticker.advance(Duration.ofMillis(1));
    published("three");
    assertThat(archive.asked()).hasSize(2);
  }

  @Test
  void aLogThatIsLostWhileItIsOldIsNoticed() {
    passWindow();
    Position first = published("id");
    log.flush(CHANNEL);

    assertThat(publish("id")).isCompletedWithValue(new Published(first, true));
    assertThat(archive.asked()).containsExactly(List.of("id"));
  }

  @Test
  void whatIsNoMessageWithAnIdIsNotAskedFor() {
    assertThat(published(null).offset()).isEqualTo(1);
    assertThat(archive.asked()).isEmpty();
  }

  @Test
  void whatComesMeanwhileIsAskedForAtOnceAndKeepsItsOrder() {
    archive.setLooksUpLate(true);
    List<CompletableFuture<PublishOutcome>> answers = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d")) {
      answers.add(publish(id));
      answers.add(publish(null));
    }
    assertThat(answers).noneMatch(CompletableFuture::isDone);

    archive.answerLookUps();
    archive.answerLookUps();

    assertThat(archive.asked()).containsExactly(List.of("a"), List.of("b", "c", "d"));
    assertThat(answers)
        .extracting(answer -> positionOf(answer).offset())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void whatComesBehindWhenTheEpochHasGrownOldDoesNotOvertake() {
    archive.setLooksUpLate(true);
    var asked = publish("asked");
    var waiting = publish("waiting");
    passWindow();
    var behind = publish("behind");
    assertThat(List.of(asked, waiting, behind)).noneMatch(CompletableFuture::isDone);

    archive.answerLookUps();

    assertThat(List.of(asked, waiting, behind))
        .extracting(answer -> positionOf(answer).offset())
        .containsExactly(1L, 2L, 3L);
    assertThat(archive.asked()).hasSize(1);
  }

  @Test
  void ofTwoWithOneIdThatAreAskedForAtOnceOneIsAppended() {
    archive.setLooksUpLate(true);
    publish("first");
    var one = publish("id");
    var two = publish("id");
    archive.answerLookUps();
    archive.answerLookUps();

    assertThat(two).isCompletedWithValue(new Published(positionOf(one), true));
    assertThat(top().offset()).isEqualTo(2);
  }

  @Test
  void aLogThatIsLostWhileTheArchiveIsAskedIsAskedForAnew() {
    archive.setLooksUpLate(true);
    var answer = publish("id");
    log.flush(CHANNEL);
    archive.answerLookUps();
    assertThat(answer).isNotDone();
    archive.answerLookUps();

    assertThat(positionOf(answer)).isEqualTo(top());
    assertThat(archive.asked()).containsExactly(List.of("id"), List.of("id"));
  }

  @Test
  void whatCannotBeAskedForIsNotPublished() {
    archive.setLooksUpLate(true);
    var asked = publish("asked");
    var waiting = publish("waiting");
    archive.failLookUps();

    assertThat(asked).isCompletedExceptionally();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(top().offset()).isZero();
    archive.setLooksUpLate(false);
    assertThat(published("asked").offset()).isEqualTo(1);
  }

  /** Somebody who went on across the epochs was told that nothing was missing. */
  @Test
  void whatWasCommittedAfterItsEpochWasSealedIsPublishedAnew() {
    archive.setLate(true);
    var late = publish("id");
    Position first = top();
    log.flush(CHANNEL);
    archive.seal(CHANNEL, top().epoch());
    archive.commitAll();
    assertThat(late.resultNow()).isInstanceOf(Refused.class);
    archive.setLate(false);

    Position second = published("id");

    assertThat(second.isAfter(first)).isTrue();
    assertThat(publish("id")).isCompletedWithValue(new Published(second, true));
  }
}
