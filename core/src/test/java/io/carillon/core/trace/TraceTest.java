package io.carillon.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.Sampling;
import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.engine.TraceFacts;
import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.session.SessionLane;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A node with two lanes whose messages are traced. */
final class TraceTest {
  private final TestNode node = new TestNode();
  private final SessionLane one = node.lane();
  private final SessionLane two = node.lane();

  private List<TraceFacts> traces(AppId app, TracesOf of) {
    Question question = new Question.ListTraces(app, of, 100);
    Answer answer =
        node.node
            .ports()
            .inquiries()
            .ask(question, Duration.ofSeconds(5))
            .toCompletableFuture()
            .join()
            .answers()
            .getFirst();
    return ((Answer.Traces) answer).traces();
  }

  private List<TraceFacts> traces() {
    return traces(TestNode.APP, TracesOf.ANY);
  }

  private Position publish(String channel, @Nullable String id, Origin origin, boolean traced) {
    App app = Objects.requireNonNull(node.directory.app(TestNode.APP));
    Message message =
        new Message(id, "event", Payload.text("hello"), origin, Meta.NONE.traced(traced));
    Published published =
        (Published)
            node.node
                .publisher()
                .publish(
                    new PublishCommand(app, ChannelName.of(channel), message)
                        .countedTo(new KeyId("key-1")))
                .toCompletableFuture()
                .join();
    node.run();
    return published.position();
  }

  private Position publish(String channel, @Nullable String id) {
    return publish(channel, id, Origin.Backend.TO_EVERYONE, true);
  }

  private static Map<TraceFate, Integer> sockets(TraceFacts facts) {
    return Objects.requireNonNull(facts.handed()).sockets();
  }

  @Test
  void aTracedMessageTellsWhenItWasAcceptedAndOnWhichSockets() {
    node.connect(one).subscribe("news");
    node.connect(two).subscribe("news");
    TestClient slow = node.connect(two).subscribe("news");
    slow.outlet().setBehind(true);

    Position position = publish("news", "m1");

    TraceFacts facts = traces().getFirst();
    assertThat(facts.node()).startsWith("node-");
    assertThat(facts.of()).isEqualTo(new TraceFacts.Subject("news", position, "m1", "event", 5));
    assertThat(facts.accepted())
        .isEqualTo(new TraceFacts.Accepted(node.ticker.epochMillis(), "key-1", 0, null, false));
    assertThat(sockets(facts)).isEqualTo(Map.of(TraceFate.WRITTEN, 2, TraceFate.WAITING, 1));
  }

  @Test
  void whoeverDoesNotGetItIsCountedWithTheReason() {
    TestClient author = node.connect(one).subscribe("news");
    TestClient slow = node.connect(one).subscribe("news");
    slow.outlet().closeAfter(2);
    node.connect(one).subscribe("news");
    ConnectionId excluded = author.session().id();

    publish("news", null, new Origin.Backend(excluded), true);

    assertThat(sockets(traces().getFirst()))
        .isEqualTo(Map.of(TraceFate.LEFT_OUT, 1, TraceFate.TOO_SLOW, 1, TraceFate.WRITTEN, 1));
    assertThat(slow.session().isOpen()).isFalse();
  }

  @Test
  void aMessageThatNobodyTracesLeavesNothing() {
    node.connect(one).subscribe("news");

    publish("news", "m1", Origin.Backend.TO_EVERYONE, false);

    assertThat(traces()).isEmpty();
  }

  @Test
  void aRepeatedIdIsToldAtItsFirstPosition() {
    Position first = publish("news", "m1");
    publish("news", "m1");

    List<TraceFacts> found = traces();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().of().position()).isEqualTo(first);
    assertThat(Objects.requireNonNull(found.getFirst().accepted()).duplicate()).isTrue();
    assertThat(found.getFirst().handed()).isNull();
  }

  @Test
  void tracesAreFoundByIdChannelAndPositionWithinTheirApplication() {
    Position first = publish("news", "m1");
    publish("news", "m2");
    publish("sports", "m1");

    assertThat(traces(TestNode.APP, new TracesOf("m1", null, null))).hasSize(2);
    assertThat(traces(TestNode.APP, new TracesOf("m1", "news", null))).hasSize(1);
    assertThat(traces(TestNode.APP, new TracesOf(null, "news", first)))
        .extracting(facts -> facts.of().id())
        .containsExactly("m1");
    assertThat(traces()).extracting(facts -> facts.of().channel()).startsWith("sports");
    assertThat(traces(TestNode.OTHER_APP, TracesOf.ANY)).isEmpty();
  }

  @Test
  void theyAreKeptForAWhileAndInABound() {
    for (int i = 0; i < TraceLog.TRACES_MAX + 5; i++) {
      publish("news", "m" + i);
      node.advance(Duration.ofMillis(100));
    }

    assertThat(traces()).hasSize(TraceLog.TRACES_MAX);
    assertThat(traces().getFirst().of().id()).isEqualTo("m" + (TraceLog.TRACES_MAX + 4));

    node.advance(TraceLog.AGE);
    assertThat(traces()).isEmpty();
  }

  @Test
  void whatIsBeyondTheRateIsPublishedWithoutATrace() {
    for (int i = 0; i < Tracer.TRACES_PER_SECOND + 5; i++) {
      publish("news", "m" + i);
    }

    assertThat(traces()).hasSize(Tracer.TRACES_PER_SECOND);
  }

  @Test
  void aSampleOfAPatternIsTracedForAWhile() {
    ask(new Sampling(new ChannelPattern("chat:*"), 2, 3, 60));
    for (int i = 0; i < 10; i++) {
      publish("chat:1", "c" + i, Origin.Backend.TO_EVERYONE, false);
      publish("news", "n" + i, Origin.Backend.TO_EVERYONE, false);
    }

    assertThat(traces()).extracting(facts -> facts.of().id()).containsExactly("c4", "c2", "c0");

    ask(new Sampling(new ChannelPattern("news"), 1, 100, 60));
    node.advance(Duration.ofSeconds(61));
    publish("news", "late", Origin.Backend.TO_EVERYONE, false);
    assertThat(traces()).hasSize(3);
  }

  private void ask(Sampling sampling) {
    assertThat(
            node.node
                .ports()
                .inquiries()
                .ask(new Question.TraceNext(TestNode.APP, sampling), Duration.ofSeconds(5))
                .toCompletableFuture()
                .join()
                .answers())
        .containsExactly(new Answer.Count(1));
  }

  @Test
  void whoIsSubscribingGetsItBehindItsAnswer() {
    node.connect(one).subscribe("news");
    node.run();
    node.engine.setLate(true);
    node.connect(one).subscribe("news");

    publish("news", "m1");

    assertThat(sockets(traces().getFirst()))
        .isEqualTo(Map.of(TraceFate.WRITTEN, 1, TraceFate.HELD, 1));
  }
}
