package io.carillon.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.history.History;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.meter.Meter;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.span.Spans;
import io.carillon.core.testing.FakeDirectory;
import io.carillon.core.testing.FakeLane;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.LateArchive;
import io.carillon.core.testing.TestNode;
import io.carillon.core.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clause 12.4 on archived channels: what was merged is acknowledged when it is committed. */
class ArchivedEditingTest {
  private final FakeTicker ticker = new FakeTicker();
  private final FakeDirectory directory = new FakeDirectory();
  private final FakeLane lane = new FakeLane("upkeep", ticker);
  private final LateArchive archive = new LateArchive();
  private final Ports ports = new LocalEngine(ticker, 1 << 20).ports().withArchive(archive);
  private final App app = app();
  private final History history = new History(ports, directory, ticker);
  private Publisher publisher =
      new Publisher(
          ports,
          ticker,
          new Editing(history::find, lane, Editing.WINDOW_DEFAULT),
          new Publisher.Counting(
              MessageRate.UNLIMITED,
              new Meter(ticker),
              new Tracer(ticker, "one"),
              new Publisher.Watching(new NodeCounters(), Spans.NONE)));

  ArchivedEditingTest() {
    directory.put(app);
  }

  private static App app() {
    App plain = TestNode.app(TestNode.APP);
    ChannelRule rule = new ChannelRule(new ChannelPattern("room"), null, null, null, 3);
    return new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule), 0);
  }

  private CompletableFuture<PublishOutcome> publish(@Nullable String id, String text, Meta meta) {
    Message message =
        new Message(id, "event", Payload.text(text), Origin.Backend.TO_EVERYONE, meta);
    return publisher
        .publish(new PublishCommand(app, ChannelName.of("room"), message))
        .toCompletableFuture();
  }

  private CompletableFuture<PublishOutcome> append(String id, String text) {
    return publish(id, text, Meta.of(new Operation(Kind.APPEND, "m")));
  }

  private void passWindow() {
    lane.runAll();
    ticker.advance(Duration.ofMillis(40));
    lane.runAll();
  }

  @Test
  void eachIsAnsweredWhenAllAreCommittedAndNoneBefore() {
    publish("m", "0", Meta.NONE);
    archive.setLate(true);
    var first = append("a", "1");
    var second = append("b", "2");
    var third = append("c", "3");
    passWindow();
    assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
    assertThat(archive.waiting()).isEqualTo(2);

    archive.commitAll();

    assertThat(first.join()).isInstanceOf(Published.class);
    assertThat(second.join()).isInstanceOf(Published.class).isEqualTo(third.join());
  }

  @Test
  void aMergedAppendThatCouldNotBeCommittedIsCommittedWhole() {
    publish("m", "0", Meta.NONE);
    append("a", "1");
    lane.runAll();
    archive.setLate(true);
    var second = append("b", "2");
    append("c", "3");
    passWindow();
    archive.failAll();
    assertThat(second.join())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE));

    archive.setLate(false);
    var again = append("c", "3");
    passWindow();
    passWindow();

    assertThat(again.join())
        .isInstanceOfSatisfying(
            Published.class, published -> assertThat(published.duplicate()).isTrue());
    Publication kept =
        archive.find(TestNode.id("room"), "m", 0).toCompletableFuture().join().orElseThrow();
    assertThat(kept.message().payload()).isEqualTo(Payload.text("0"));
    assertThat(
            history
                .find(TestNode.id("room"), "m")
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .message()
                .payload())
        .isEqualTo(Payload.text("0123"));
  }

  /** The log is lost; what publishes from now on has only the archive of before. */
  private History begunAnew() {
    Ports next =
        new LocalEngine(ticker, 1 << 20, ticker.epochMillis() + 1_000).ports().withArchive(archive);
    History after = new History(next, directory, ticker);
    Editing editing = new Editing(after::find, lane, Editing.WINDOW_DEFAULT);
    publisher =
        new Publisher(
            next,
            ticker,
            editing,
            new Publisher.Counting(
                MessageRate.UNLIMITED,
                new Meter(ticker),
                new Tracer(ticker, "one"),
                new Publisher.Watching(new NodeCounters(), Spans.NONE)));
    return after;
  }

  /** Clause 5.3 for operations: another process, which has only the archive in common. */
  @Test
  void afterTheLogIsLostARepeatedOperationIsNotCarriedOutAgain() {
    publish("m", "0", Meta.NONE);
    append("a", "1");
    lane.runAll();
    append("b", "2");
    append("c", "3");
    passWindow();
    History after = begunAnew();

    var again = List.of(append("a", "1"), append("b", "2"), append("c", "3"));
    passWindow();
    passWindow();

    assertThat(again).allMatch(CompletableFuture::isDone);
    assertThat(again)
        .allSatisfy(
            answer ->
                assertThat(answer.join())
                    .isInstanceOfSatisfying(
                        Published.class, done -> assertThat(done.duplicate()).isTrue()));
    assertThat(append("d", "4")).isNotDone();
    passWindow();
    assertThat(after.find(TestNode.id("room"), "m").toCompletableFuture().join().orElseThrow())
        .extracting(found -> found.message().payload())
        .isEqualTo(Payload.text("01234"));
  }

  @Test
  void aDeletionThatWasCarriedOutBeforeTheLogWasLostIsAnsweredAsThat() {
    publish("m", "0", Meta.NONE);
    var deleted = publish("del", "", Meta.of(new Operation(Kind.DELETE, "m")));
    lane.runAll();
    begunAnew();

    var again = publish("del", "", Meta.of(new Operation(Kind.DELETE, "m")));
    lane.runAll();

    Published first = (Published) deleted.join();
    assertThat(again).isCompletedWithValue(new Published(first.position(), true));
  }
}
