package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.client.ConnectionState.Connected;
import io.carillon.client.ConnectionState.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionTest {
  @Test
  void isIdleUntilSomethingIsNeededThenConnects() {
    Pair pair = new Pair();
    assertThat(pair.state()).isEqualTo("Idle");
    List<String> states = states(pair);

    pair.channel().onMessage(message -> {});
    pair.lane.settle();

    assertThat(states).containsExactly("Connecting", "Connected");
    assertThat(((Connected) pair.client.state()).clientId()).hasValue("ann");
  }

  @Test
  @DisplayName("clauses 1.2 and 2.3: hello and all subscriptions go in one message")
  void helloAndSubscriptionsGoTogether() {
    Pair pair = new Pair();
    pair.client.channel("a").onMessage(message -> {});
    pair.client.channel("b").onMessage(message -> {});
    pair.lane.settle();

    assertThat(pair.server.types()).containsExactly("hello", "sub", "sub");
    assertThat(pair.server.messages).containsExactly(3);
  }

  @Test
  void afterACleanDropItIsBackWithin200Millis() {
    Pair pair = new Pair().connected();
    pair.server.drop();
    pair.lane.settle();
    Waiting waiting = (Waiting) pair.client.state();
    assertThat(waiting.reason().kind()).isEqualTo("connection-lost");
    assertThat(waiting.retryAt().toEpochMilli() - pair.lane.millis()).isEqualTo(100);

    pair.lane.advance(200);

    assertThat(pair.state()).isEqualTo("Connected");
  }

  @Test
  void waitsLongerAfterEachFailureWithFullJitterFor20SecondsAtMost() {
    Pair pair = new Pair();
    pair.lane.setChance(0.999);
    pair.server.unreachable = true;
    List<Long> waits = new ArrayList<>();
    pair.client.onState(
        state -> {
          if (state instanceof Waiting waiting) {
            waits.add(waiting.retryAt().toEpochMilli() - pair.lane.millis());
          }
        });
    pair.client.connect();
    pair.lane.advance(120_000);

    assertThat(waits).startsWith(200L, 599L, 1199L, 2398L, 4795L, 9590L, 19181L, 19980L, 19980L);
  }

  @Test
  void aServerThatTakesAndDropsIsNotHammered() {
    Pair pair = new Pair().connected();
    List<String> connects = new ArrayList<>();
    pair.client.onState(
        state -> {
          if (state instanceof Connected) {
            connects.add("one");
            pair.server.drop();
          }
        });
    pair.server.drop();
    pair.lane.advance(60_000);

    assertThat(connects).hasSizeBetween(2, 12);
  }

  @ParameterizedTest
  @CsvSource({"4150, 300", "4250, 100"})
  @DisplayName("clause 7.4: the close code says how long to wait")
  void theCloseCodeSaysHowLongToWait(int code, long millis) {
    Pair pair = new Pair().connected();
    pair.server.drop(code);
    pair.lane.settle();
    Waiting waiting = (Waiting) pair.client.state();
    assertThat(waiting.retryAt().toEpochMilli() - pair.lane.millis()).isEqualTo(millis);
  }

  @Test
  @DisplayName("clause 7.3: what the server advises wins")
  void theAdviceWins() {
    Pair pair = new Pair().connected();
    pair.server.tellAll("{\"t\":\"go\",\"v\":\"now\",\"after\":7000}");
    pair.server.drop(4150);
    pair.lane.advance(6_999);
    assertThat(pair.state()).isEqualTo("Waiting");
    pair.lane.advance(1);
    assertThat(pair.state()).isEqualTo("Connected");
  }

  @Test
  @DisplayName("clause 7.4: close code 4050 is the end, until somebody connects again")
  void aFatalCodeIsTheEnd() {
    Pair pair = new Pair();
    pair.server.refusals.add(4050);
    CompletableFuture<Void> connected = pair.client.connect();
    CompletableFuture<?> published = pair.channel().publishAsync("a", 1);
    pair.lane.advance(60_000);
    assertThat(Pair.kindOf(connected)).isEqualTo("unavailable");
    assertThat(Pair.kindOf(published)).isEqualTo("unavailable");
    assertThat(pair.state()).isEqualTo("Failed");

    pair.connected();

    assertThat(pair.state()).isEqualTo("Connected");
  }

  @Test
  @DisplayName("clause 7.1: gives up ten seconds after a missing sign of life")
  void givesUpAServerThatFellSilent() {
    Pair pair = withHeartbeat(20_000);
    pair.lane.advance(600_000);
    assertThat(pair.state()).isEqualTo("Connected");
    assertThat(pair.server.heard("ping")).hasSize(24);

    pair.server.mute = true;
    List<String> states = states(pair);
    pair.lane.advance(31_000);

    assertThat(states).startsWith("Waiting");
  }

  /** The JDK's socket took 100 publishes after its connection was cut, and told of no end. */
  @Test
  @DisplayName("clause 7.2: what is not answered has the client ask, and give up ten seconds later")
  void givesUpAServerThatAnswersNothingLongBeforeItsInterval() {
    Pair pair = withHeartbeat(120_000);
    pair.lane.advance(30_000);
    pair.server.mute = true;
    CompletableFuture<PublishResult> published = pair.channel().publishAsync("a", 1);
    pair.lane.advance(5_000);
    assertThat(pair.server.heard("ping")).hasSize(1);
    List<String> states = states(pair);
    pair.lane.advance(5_000);
    assertThat(states).startsWith("Waiting");

    pair.server.mute = false;
    pair.lane.advance(20_000);
    assertThat(published).isCompleted();
  }

  @Test
  @DisplayName("clause 7.2: one who sends what needs no answer asks now and then, and stays")
  void aServerThatAnswersIsNotGivenUp() {
    Pair pair = withHeartbeat(120_000);
    List<String> states = states(pair);
    for (int i = 0; i < 60; i++) {
      pair.channel().signal("cursor", i);
      pair.lane.advance(1_000);
    }
    assertThat(states).isEmpty();
    assertThat(pair.server.heard("ping")).hasSizeBetween(5, 12);
  }

  /** It did, and so there was twice the traffic on connections on which nothing happens. */
  @Test
  @DisplayName("clause 7.2: one who answers a ping does not ask for its part")
  void anAnsweredPingIsNotAskedAfter() {
    Pair pair = withHeartbeat(120_000);
    pair.server.tellAll("{\"t\":\"ping\"}");
    pair.lane.advance(100_000);
    assertThat(pair.server.heard("pong")).hasSize(1);
    assertThat(pair.server.heard("ping")).isEmpty();
  }

  @Test
  @DisplayName("clause 7.1: a ping is answered")
  void aPingIsAnswered() {
    Pair pair = new Pair().connected();
    pair.server.tellAll("{\"t\":\"ping\"}");
    pair.lane.settle();
    assertThat(pair.server.types()).endsWith("pong");
  }

  @Test
  void aConnectionThatIsNotAnsweredEndsAfter15Seconds() {
    Pair pair = new Pair();
    pair.server.mute = true;
    pair.connected();
    pair.lane.advance(14_999);
    assertThat(pair.state()).isEqualTo("Connecting");
    pair.lane.advance(1);
    assertThat(((Waiting) pair.client.state()).reason().kind()).isEqualTo("timeout");
  }

  @Test
  @DisplayName("clause 7.5: close says bye, leaves no timer and refuses what is pending")
  void closeSaysBye() {
    Pair pair = new Pair().connected();
    pair.collect();
    pair.server.mute = true;
    CompletableFuture<?> pending = pair.channel().publishAsync("a", 1);
    pair.lane.settle();

    pair.client.close();
    pair.lane.settle();

    assertThat(Pair.kindOf(pending)).isEqualTo("closed");
    assertThat(pair.server.types()).endsWith("bye");
    assertThat(pair.server.connections()).isZero();
    assertThat(pair.lane.timers()).isZero();
    assertThat(pair.state()).isEqualTo("Closed");
    CompletableFuture<?> late = pair.channel().publishAsync("a", 1);
    CompletableFuture<?> again = pair.client.connect();
    pair.lane.settle();
    assertThat(Pair.kindOf(late)).isEqualTo("closed");
    assertThat(Pair.kindOf(again)).isEqualTo("closed");
  }

  @Test
  @DisplayName("clause 2.1: a key alone is enough for public channels")
  void aKeyAloneConnects() {
    Pair pair = new Pair(options -> options.key("key-1")).connected();
    assertThat(pair.state()).isEqualTo("Connected");
    assertThat(pair.server.heard("hello").get(0).text("key")).isEqualTo("key-1");
  }

  @Test
  void credentialsAndAnAddressAreNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Carillon.of("http://localhost", options -> {}))
        .withMessage("options: no credentials (expected: token or key)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Carillon.of("ws://localhost", options -> options.key("k")))
        .withMessage("url: ws://localhost (expected: http:// or https://)");
  }

  private static List<String> states(Pair pair) {
    List<String> states = new ArrayList<>();
    pair.client.onState(state -> states.add(state.getClass().getSimpleName()));
    return states;
  }

  private static Pair withHeartbeat(long millis) {
    Pair pair = new Pair();
    pair.server.heartbeat = millis;
    return pair.connected();
  }
}
