package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PublishTest {
  private final Pair pair = new Pair();

  @Test
  @DisplayName("clause 5.2: a publish is acknowledged with its position")
  void isAcknowledgedWithItsPosition() {
    CompletableFuture<PublishResult> result = pair.channel().publishAsync("a", 1);
    pair.lane.settle();
    assertThat(result.join().position()).isEqualTo(new Position(100, 1));
    assertThat(result.join().duplicate()).isFalse();
  }

  @Test
  @DisplayName("clause 5.3: what was not acknowledged is sent again and taken once")
  void isTakenOnceWhenTheAcknowledgementIsLost() {
    pair.server.lostAcks = 1;
    CompletableFuture<PublishResult> result = pair.channel().publishAsync("a", 1);
    pair.lane.advance(1_000);
    assertThat(result.join().duplicate()).isTrue();
    assertThat(pair.server.heard("pub")).hasSize(2);
    assertThat(pair.server.log("news").data()).containsExactly(1L);
  }

  @Test
  void anIdOfTheCallersMakesARetrySafe() {
    pair.channel().publishAsync("a", 1, options -> options.id("mine"));
    CompletableFuture<PublishResult> again =
        pair.channel().publishAsync("a", 1, options -> options.id("mine"));
    pair.lane.settle();
    assertThat(again.join()).isEqualTo(new PublishResult("mine", new Position(100, 1), true));
  }

  @Test
  void waitsForAConnectionAndKeepsTheOrder() {
    pair.server.unreachable = true;
    pair.connected();
    for (int i = 0; i < 250; i++) {
      pair.channel().publishAsync("a", i);
    }
    pair.lane.advance(5_000);
    pair.server.unreachable = false;
    pair.lane.advance(20_000);
    assertThat(pair.server.log("news").data()).containsExactlyElementsOf(longs(250));
  }

  @Test
  void settlesWithinItsTimeoutAndIsNotSentAfterwards() {
    pair.server.unreachable = true;
    CompletableFuture<?> hasty =
        pair.channel().publishAsync("a", 1, options -> options.timeout(Duration.ofSeconds(5)));
    CompletableFuture<?> standard = pair.channel().publishAsync("a", 2);
    pair.lane.advance(5_000);
    assertThat(Pair.kindOf(hasty)).isEqualTo("timeout");
    pair.server.unreachable = false;
    pair.lane.advance(20_000);
    assertThat(Pair.kindOf(standard)).isEqualTo("nothing");
    assertThat(pair.server.log("news").data()).containsExactly(2L);
  }

  @Test
  void twoMinutesAreTheStandardTimeout() {
    pair.server.unreachable = true;
    CompletableFuture<?> result = pair.channel().publishAsync("a", 1);
    pair.lane.advance(119_999);
    assertThat(result).isNotDone();
    pair.lane.advance(1);
    assertThat(Pair.kindOf(result)).isEqualTo("timeout");
  }

  @Test
  void aThousandMayWaitAndMoreAreRefused() {
    pair.server.unreachable = true;
    List<CompletableFuture<PublishResult>> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waiting.add(pair.channel().publishAsync("a", i));
    }
    assertThat(Pair.kindOf(pair.channel().publishAsync("a", 1_000))).isEqualTo("queue-full");
    pair.lane.settle();
    pair.server.unreachable = false;
    pair.lane.advance(20_000);

    assertThat(waiting).allMatch(future -> Pair.kindOf(future).equals("nothing"));
    assertThat(pair.server.log("news").data()).containsExactlyElementsOf(longs(1_000));
    CompletableFuture<?> next = pair.channel().publishAsync("a", 1);
    pair.lane.settle();
    assertThat(Pair.kindOf(next)).isEqualTo("nothing");
  }

  @Test
  void aCancelledPublishIsNotSentAfterwards() {
    pair.server.unreachable = true;
    CompletableFuture<?> result = pair.channel().publishAsync("a", 1);
    pair.lane.settle();
    result.cancel(false);
    pair.lane.settle();
    pair.server.unreachable = false;
    pair.lane.advance(20_000);
    assertThat(pair.server.log("news").data()).isEmpty();
  }

  @Test
  void aRefusedPublishIsToldWhyWithThePageAboutIt() {
    pair.server.deny("news");
    CompletableFuture<?> result = pair.channel().publishAsync("a", 1);
    pair.lane.settle();
    CarillonException error =
        CarillonException.as(result.handle((done, thrown) -> thrown).join(), ClientError.PROTOCOL);
    assertThat(error.kind()).isEqualTo("capability-denied");
    assertThat(error.retry()).isEqualTo(Retry.NO);
    assertThat(error.doc()).isEqualTo("https://rt.example.com/docs/errors.md#capability-denied");
  }

  @Test
  @DisplayName("clause 5.4: a refusal for a while says how long, and what follows is not held up")
  void aPublishThatIsRefusedForAWhileSaysHowLong() {
    pair.server.throttled.add(700L);
    CompletableFuture<?> refused = pair.channel().publishAsync("a", 1);
    CompletableFuture<?> taken = pair.channel().publishAsync("a", 2);
    pair.lane.settle();
    CarillonException error =
        CarillonException.as(refused.handle((done, thrown) -> thrown).join(), ClientError.PROTOCOL);
    assertThat(error.kind()).isEqualTo("message-rate");
    assertThat(error.after()).hasValue(Duration.ofMillis(700));
    assertThat(Pair.kindOf(taken)).isEqualTo("nothing");

    pair.lane.advance(10_000);
    assertThat(pair.server.log("news").data()).containsExactly(2L);
  }

  @Test
  void whereNobodyKnowsWhenToTryAgainNothingIsSaidOfIt() {
    pair.server.deny("news");
    CompletableFuture<?> result = pair.channel().publishAsync("a", 1);
    pair.lane.settle();
    CarillonException error =
        CarillonException.as(result.handle((done, thrown) -> thrown).join(), ClientError.PROTOCOL);
    assertThat(error.after()).isEmpty();
  }

  @Test
  void dataThatCannotBeWrittenIsRefusedWhereItIsGiven() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair.channel().publishAsync("a", new Object()))
        .withMessageStartingWith("data: java.lang.Object (expected: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair.channel().publishAsync("a", Double.NaN));
  }

  @Test
  @DisplayName("clauses 12.1 and 12.5: what changes another message names it")
  void changesNameTheirMessage() {
    List<Message.Change> seen = new ArrayList<>();
    pair.channel().onMessage(message -> message.change().ifPresent(seen::add));
    pair.channel().publishAsync("a", "x", options -> options.id("m1"));
    CompletableFuture<PublishResult> appended = pair.channel().append("m1", "y");
    pair.channel().update("m1", "z");
    pair.channel().delete("m1");
    pair.lane.settle();
    assertThat(seen)
        .containsExactly(
            new Message.Change("append", "m1"),
            new Message.Change("update", "m1"),
            new Message.Change("delete", "m1"));
    assertThat(appended.join().position()).isEqualTo(new Position(100, 2));
    assertThat(pair.server.heard("pub").get(3).objects("m").get(0).has("d")).isFalse();
  }

  @Test
  @DisplayName("clause 1.9: bytes arrive as bytes")
  void bytesArriveAsBytes() {
    List<Object> seen = new ArrayList<>();
    pair.channel().onMessage(message -> seen.add(message.data()));
    pair.channel().publishAsync("a", new byte[] {0, 127, -128, -1});
    pair.lane.settle();
    assertThat(seen).containsExactly(new byte[] {0, 127, -128, -1});
  }

  @Test
  void aMessageOverTheSizeLimitDoesNotTakeTheConnectionWithItForEver() {
    pair.connected();
    pair.server.mute = true;
    CompletableFuture<?> small = pair.channel().publishAsync("a", 1);
    CompletableFuture<?> large = pair.channel().publishAsync("a", "x".repeat(100_000));
    pair.lane.settle();
    pair.server.drop(1009);
    pair.server.mute = false;
    pair.lane.advance(1_000);
    assertThat(Pair.kindOf(large)).isEqualTo("too-large");
    assertThat(Pair.kindOf(small)).isEqualTo("nothing");
  }

  private static List<Object> longs(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(Long::valueOf).toList());
  }
}
