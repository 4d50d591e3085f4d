package io.carillon.core.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Standing;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Clauses 12.1, 12.2, 12.3, 12.4 and 12.5: who may change what, in which order it goes, and what is
 * gathered.
 */
class EditingTest {
  private static final Origin BACKEND = Origin.Backend.TO_EVERYONE;
  private static final Origin ANNA = new Origin.Client(new ConnectionId(1), "anna");
  private static final Origin ANNA_AGAIN = new Origin.Client(new ConnectionId(2), "anna");
  private static final Origin BEN = new Origin.Client(new ConnectionId(3), "ben");
  private static final Origin NOBODY = new Origin.Client(new ConnectionId(4), null);
  private static final int MESSAGE_BYTES = 10_240;

  private final TestNode node = new TestNode();
  private final App app = Objects.requireNonNull(node.directory.app(TestNode.APP));
  private Origin origin = BACKEND;
  private String channel = "room";

  private CompletableFuture<PublishOutcome> publish(Message message, EditRight right) {
    return node.node
        .publisher()
        .publish(new PublishCommand(app, ChannelName.of(channel), message, Standing.SERVER, right))
        .toCompletableFuture();
  }

  private CompletableFuture<PublishOutcome> publish(@Nullable String id, String text) {
    return publish(new Message(id, "event", Payload.text(text), origin), EditRight.ANY);
  }

  private CompletableFuture<PublishOutcome> operate(
      Kind kind, @Nullable String id, String ref, String text) {
    return operate(kind, id, ref, Payload.text(text));
  }

  private CompletableFuture<PublishOutcome> operate(
      Kind kind, @Nullable String id, String ref, Payload payload) {
    Message message = new Message(id, "", payload, origin, Meta.of(new Operation(kind, ref)));
    return publish(message, origin instanceof Origin.Backend ? EditRight.ANY : EditRight.OWN);
  }

  private CompletableFuture<PublishOutcome> append(@Nullable String id, String text) {
    return operate(Kind.APPEND, id, "m", text);
  }

  private void millis(long millis) {
    node.run();
    node.advance(Duration.ofMillis(millis));
  }

  private static long offset(CompletableFuture<PublishOutcome> answer) {
    assertThat(answer).isCompleted();
    if (answer.join() instanceof Published(var position, var duplicate)) {
      return position.offset();
    }
    throw new AssertionError(answer.join().toString());
  }

  private static boolean isDuplicate(CompletableFuture<PublishOutcome> answer) {
    return answer.join() instanceof Published(var position, var duplicate) && duplicate;
  }

  private ErrorCode refusal(CompletableFuture<PublishOutcome> answer) {
    node.run();
    assertThat(answer).isCompleted();
    if (answer.join() instanceof Refused(var problem)) {
      return problem.code();
    }
    throw new AssertionError(answer.join().toString());
  }

  private List<String> log() {
    return node
        .node
        .ports()
        .log()
        .read(TestNode.id(channel), new Position(0, 0), 1_000)
        .toCompletableFuture()
        .join()
        .publications()
        .stream()
        .map(EditingTest::described)
        .toList();
  }

  private static String described(Publication publication) {
    Operation operation = publication.message().operation();
    String text = publication.message().payload().asText();
    if (operation == null) {
      return text;
    }
    return switch (operation.kind()) {
          case APPEND -> "+";
          case UPDATE -> "=";
          case DELETE -> "x";
        }
        + text;
  }

  private String current(String id) {
    return node
        .node
        .history()
        .read(new HistoryQuery(TestNode.id(channel), Direction.BACKWARD, null, 100))
        .toCompletableFuture()
        .join()
        .publications()
        .stream()
        .filter(it -> id.equals(it.message().id()))
        .map(it -> it.message().payload().asText())
        .findFirst()
        .orElse("none");
  }

  @Test
  void theFirstAppendGoesAtOnceAndTheNextAreGathered() {
    publish("m", "0");
    var first = append("a", "1");
    node.run();
    assertThat(offset(first)).isEqualTo(2);

    var second = append("b", "2");
    var third = append("c", "3");
    millis(39);
    assertThat(second).isNotCompleted();
    millis(1);

    assertThat(offset(second)).isEqualTo(3);
    assertThat(offset(third)).isEqualTo(3);
    assertThat(log()).containsExactly("0", "+1", "+23");
    assertThat(current("m")).isEqualTo("0123");
  }

  @Test
  void aStreamWithPausesIsNotHeldUp() {
    publish("m", "");
    for (int i = 0; i < 10; i++) {
      var answer = append(null, String.valueOf(i));
      node.run();
      assertThat(answer).isCompleted();
      millis(40);
    }
    assertThat(log()).hasSize(11);
  }

  @Test
  void aFastStreamGoesOutOnceAWindow() {
    publish("m", "");
    for (int i = 0; i < 400; i++) {
      append("a" + i, String.valueOf(i % 10));
      millis(1);
    }
    millis(40);

    assertThat(current("m")).isEqualTo("0123456789".repeat(40));
    assertThat(log()).hasSizeBetween(10, 13);
  }

  @Test
  void anyIdOfAMergedAppendIsAnsweredWithItsPositionAgain() {
    publish("m", "0");
    append("a", "1");
    append("b", "2");
    append("c", "3");
    millis(40);
    millis(1_000);

    for (String id : List.of("b", "c", "a")) {
      var again = append(id, "?");
      millis(50);
      assertThat(isDuplicate(again)).as(id).isTrue();
      assertThat(offset(again)).as(id).isEqualTo(id.equals("a") ? 2 : 3);
    }
    assertThat(current("m")).isEqualTo("0123");
  }

  @Test
  void whatIsSentAgainIsNotMergedIntoWhatIsNew() {
    publish("m", "0");
    append("a", "1");
    append("b", "2");
    millis(40);
    append("c", "3");
    millis(40);
    append("d", "4");
    var again = append("b", "2");
    var fresh = append("e", "5");
    var twin = append("e", "5");
    millis(100);

    assertThat(isDuplicate(again)).isTrue();
    assertThat(offset(again)).isEqualTo(3);
    assertThat(isDuplicate(fresh)).isFalse();
    assertThat(isDuplicate(twin)).isTrue();
    assertThat(offset(twin)).isEqualTo(offset(fresh));
    assertThat(current("m")).isEqualTo("012345");
  }

  @Test
  void nothingOfTheSamePublisherOvertakesWhatIsGathered() {
    publish("m", "0");
    append(null, "1");
    append(null, "2");
    publish("plain", "plain");
    append(null, "3");
    operate(Kind.UPDATE, null, "m", "new");
    append(null, "4");
    append(null, "5");
    operate(Kind.DELETE, null, "plain", "");
    node.run();

    assertThat(log()).containsExactly("0", "+1", "+2", "plain", "+3", "=new", "+4", "+5", "x");
    assertThat(current("m")).isEqualTo("new45");
  }

  @Test
  void thePublisherOfAMessageMayAppendToItBeforeItIsAnswered() {
    node.engine.setLate(true);
    var message = publish("m", "0");
    var appended = append("a", "1");
    var plain = publish(null, "plain");
    node.run();
    assertThat(plain).isNotCompleted();
    node.engine.answerAll();
    node.run();

    assertThat(offset(message)).isEqualTo(1);
    assertThat(offset(appended)).isEqualTo(2);
    assertThat(offset(plain)).isEqualTo(3);
  }

  @Test
  void otherPublishersDoNotWait() {
    publish("m", "0");
    append(null, "1");
    append(null, "2");
    node.run();
    origin = BEN;
    publish(null, "other");

    assertThat(log()).containsExactly("0", "+1", "other");
  }

  @Test
  void twoPublishersAreNotMerged() {
    origin = ANNA;
    publish("m", "0");
    append(null, "1");
    append(null, "2");
    origin = ANNA_AGAIN;
    append(null, "3");
    append(null, "4");
    millis(40);

    assertThat(log()).containsExactly("0", "+1", "+3", "+2", "+4");
  }

  @Test
  void aClientChangesOnlyItsOwnMessagesUnlessItMayChangeAny() {
    origin = ANNA;
    publish("m", "anna's");
    origin = BEN;
    assertThat(refusal(append(null, "!"))).isEqualTo(ErrorCode.CAPABILITY_DENIED);
    origin = NOBODY;
    publish("n", "nobody's");
    assertThat(refusal(operate(Kind.DELETE, null, "n", ""))).isEqualTo(ErrorCode.CAPABILITY_DENIED);
    origin = ANNA_AGAIN;
    var own = append(null, "!");
    origin = BACKEND;
    var any = operate(Kind.UPDATE, null, "n", "backend's");
    node.run();

    assertThat(offset(own)).isEqualTo(3);
    assertThat(offset(any)).isEqualTo(4);
    Message message =
        new Message(null, "", Payload.text(""), BEN, Meta.of(new Operation(Kind.DELETE, "m")));
    assertThat(refusal(publish(message, EditRight.NONE))).isEqualTo(ErrorCode.CAPABILITY_DENIED);
  }

  @Test
  void anUnknownOrDeletedTargetIsRefused() {
    assertThat(refusal(append(null, "1"))).isEqualTo(ErrorCode.TARGET_UNKNOWN);
    publish("m", "0");
    operate(Kind.DELETE, "d", "m", "");
    assertThat(refusal(append(null, "1"))).isEqualTo(ErrorCode.TARGET_UNKNOWN);
    assertThat(refusal(operate(Kind.DELETE, "e", "m", ""))).isEqualTo(ErrorCode.TARGET_UNKNOWN);

    var again = operate(Kind.DELETE, "d", "m", "");
    node.run();
    assertThat(isDuplicate(again)).isTrue();
    assertThat(offset(again)).isEqualTo(2);
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    publish("m", "0");
    publish(new Message("b", "event", Payload.binary(new byte[] {1}), BACKEND), EditRight.ANY);
    Payload json = Payload.json(new byte[] {'1'});

    assertThat(refusal(operate(Kind.APPEND, null, "m", json)))
        .isEqualTo(ErrorCode.OPERATION_INVALID);
    assertThat(refusal(operate(Kind.APPEND, null, "b", "text")))
        .isEqualTo(ErrorCode.OPERATION_INVALID);
    assertThat(refusal(operate(Kind.DELETE, null, "m", "data")))
        .isEqualTo(ErrorCode.OPERATION_INVALID);
    assertThat(refusal(operate(Kind.UPDATE, null, "", "data")))
        .isEqualTo(ErrorCode.OPERATION_INVALID);
    for (String other : List.of("private-encrypted-room", "cache-room")) {
      channel = other;
      assertThat(refusal(append(null, "1"))).isEqualTo(ErrorCode.OPERATION_INVALID);
    }
  }

  @Test
  void aMessageDoesNotGrowBeyondTheLimit() {
    publish("m", "x".repeat(MESSAGE_BYTES - 3));
    var first = append("a", "1");
    var second = append("b", "22");
    var third = append("c", "3");
    node.run();

    assertThat(offset(first)).isEqualTo(2);
    assertThat(refusal(third)).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(third.join().toString())
        .contains("10240 bytes and 1 more (expected: up to 10240 together)");
    millis(40);
    assertThat(offset(second)).isEqualTo(3);

    var again = append("a", "1");
    node.run();
    assertThat(isDuplicate(again)).isTrue();
  }

  @Test
  void drainingSendsWhatIsGathered() {
    publish("m", "0");
    append(null, "1");
    append(null, "2");
    node.run();
    var drained = node.node.drain(Duration.ZERO);
    node.run();

    assertThat(log()).containsExactly("0", "+1", "+2");
    assertThat(drained.toCompletableFuture()).isCompleted();
    var late = append(null, "3");
    node.run();
    assertThat(offset(late)).isEqualTo(4);
  }

  @Test
  void aStreamIsKeptUpWhenAnotherNodeDeletesItsMessage() {
    publish("m", "0");
    append(null, "1");
    node.run();
    origin = ANNA;
    publish(
        new Message(null, "", Payload.text(""), ANNA, Meta.of(new Operation(Kind.DELETE, "m"))),
        EditRight.ANY);
    origin = BACKEND;
    var beside = append(null, "2");
    millis(1_100);
    assertThat(offset(beside)).isEqualTo(4);
    assertThat(current("m")).isEmpty();
    assertThat(refusal(append(null, "3"))).isEqualTo(ErrorCode.TARGET_UNKNOWN);
  }

  @Test
  void aBrokenLogFailsWhatWaitsAndThenGoesOn() {
    publish("m", "0");
    append(null, "1");
    var second = append("b", "2");
    node.run();
    node.engine.setBroken(true);
    millis(40);
    assertThat(second).isCompletedExceptionally();
    var plain = append(null, "3");
    millis(40);
    assertThat(plain).isCompletedExceptionally();
    node.engine.setBroken(false);
    millis(40);
    var again = append("b", "2");
    millis(40);

    assertThat(isDuplicate(again)).isFalse();
    assertThat(current("m")).isEqualTo("012");
  }

  @Test
  void extrasGoWithAnAppend() {
    publish("m", "0");
    append(null, "1");
    Payload extras = Payload.json("{\"done\":true}".getBytes(UTF_8));
    append(null, "2");
    publish(
        new Message(
            null,
            "",
            Payload.text("3"),
            BACKEND,
            new Meta(extras, new Operation(Kind.APPEND, "m"))),
        EditRight.ANY);
    append(null, "4");
    millis(40);

    assertThat(log()).containsExactly("0", "+1", "+234");
    Publication now =
        node.node
            .history()
            .find(TestNode.id("room"), "m")
            .toCompletableFuture()
            .join()
            .orElseThrow();
    assertThat(now.message().extras()).isEqualTo(extras);
    assertThat(now.message().meta().edit()).isInstanceOf(Edit.Applied.class);
  }

  @Test
  void theSameFloodFromManyPublishersIsRefusedAtItsBound() {
    publish("m", "0");
    int refused = 0;
    for (int i = 0; i < Edits.STRAND_MAX + 5; i++) {
      var answer = append(null, "1");
      if (answer.isDone() && answer.join() instanceof Refused(var problem)) {
        assertThat(problem.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(5);
    millis(100);
    assertThat(current("m")).hasSize(1 + Edits.STRAND_MAX);
  }
}
