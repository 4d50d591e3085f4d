package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ChannelTest {
  private final Pair pair = new Pair();

  @Test
  void aListenerGetsTheMessagesOfItsNameWithWhoWhenAndWhere() {
    List<Message<Object>> seen = new ArrayList<>();
    pair.channel().on("headline", seen::add);
    CompletableFuture<PublishResult> result =
        pair.channel().publishAsync("headline", Map.of("text", "hé\"llo"));
    pair.channel().publishAsync("other", 1);
    pair.lane.settle();

    assertThat(seen).hasSize(1);
    Message<Object> message = seen.get(0);
    assertThat(message.name()).isEqualTo("headline");
    assertThat(message.data()).isEqualTo(Map.of("text", "hé\"llo"));
    assertThat(message.position()).isEqualTo(new Position(100, 1));
    assertThat(message.id()).hasValue(result.join().id());
    assertThat(message.clientId()).hasValue("ann");
    assertThat(message.timestamp().toEpochMilli()).isEqualTo(pair.lane.millis());
  }

  @Test
  void theStateTellsWhenMessagesFlow() {
    List<String> states = new ArrayList<>();
    pair.channel().onState(state -> states.add(state.getClass().getSimpleName()));
    Subscription subscription = pair.channel().onMessage(message -> {});
    assertThat(subscription.ready()).isNotDone();
    pair.lane.settle();
    assertThat(subscription.ready()).isCompleted();
    pair.server.drop();
    pair.lane.advance(200);

    assertThat(states).containsExactly("Joining", "Live", "Joining", "Live");
  }

  @Test
  @DisplayName("clause 4.3: what was missed in a drop follows, once each and in order")
  void whatWasMissedFollows() {
    List<Object> seen = pair.collect();
    List<Gap> gaps = gaps();
    pair.publish(1, 2);
    pair.server.drop();
    pair.publish(3, 4);
    pair.lane.advance(200);
    pair.publish(5);

    assertThat(seen).containsExactly("1", "2", "3", "4", "5");
    assertThat(gaps).isEmpty();
  }

  @Test
  @DisplayName("clause 3.4: a hole heals by itself")
  void aHoleHeals() {
    List<Object> seen = pair.collect();
    List<Gap> gaps = gaps();
    pair.publish(1);
    pair.server.skipped = 2;
    pair.publish(2, 3, 4);
    pair.publish(5);

    assertThat(seen).containsExactly("1", "2", "3", "4", "5");
    assertThat(gaps).isEmpty();
    assertThat(pair.channel().position()).hasValue(new Position(100, 5));
  }

  @Test
  @DisplayName("clause 3.5: a lost tail heals with the next marker")
  void aLostTailHeals() {
    List<Object> seen = pair.collect();
    pair.server.skipped = 1;
    pair.publish(1);
    assertThat(seen).isEmpty();
    pair.server.mark("news");
    pair.server.mark("news");
    pair.lane.settle();
    assertThat(seen).containsExactly("1");
  }

  @Test
  void aServerThatRepeatsTheSameHoleIsAskedAgainWithPauses() {
    String hole = "{\"t\":\"msg\",\"ch\":\"news\",\"e\":100,\"f\":1,\"o\":2,\"m\":[]}";
    pair.collect();
    pair.channel()
        .onState(
            state -> {
              if (state instanceof ChannelState.Live) {
                pair.server.tell("news", hole);
              }
            });
    pair.server.tell("news", hole);
    pair.lane.advance(10_000);
    assertThat(pair.server.heard("sub")).hasSizeBetween(4, 16);
  }

  @Test
  @DisplayName("clause 4.3: a lost log is told as a gap, with from, to and reason")
  void aLostLogIsAGap() {
    List<Object> seen = pair.collect();
    List<Gap> gaps = gaps();
    pair.publish(1, 2);
    pair.server.log("news").reset();
    pair.publish(3);
    pair.publish(4);

    assertThat(gaps).containsExactly(new Gap(new Position(100, 2), new Position(101, 1), "epoch"));
    assertThat(seen).containsExactly("1", "2", "4");
  }

  @Test
  @DisplayName("clause 3.8: what gave way to newer messages is a gap, and it goes on behind it")
  void whatGaveWayIsAGap() {
    List<Object> seen = pair.collect();
    List<Gap> gaps = gaps();
    pair.publish(1);
    pair.server.skipped = 2;
    pair.publish(2, 3);
    pair.server.tell(
        "news",
        "{\"t\":\"subbed\",\"ch\":\"news\",\"e\":100,\"f\":1,\"o\":3,\"start\":3,"
            + "\"recovered\":false,\"why\":\"slow\"}");
    pair.publish(4);

    assertThat(gaps).containsExactly(new Gap(new Position(100, 1), new Position(100, 3), "slow"));
    assertThat(seen).containsExactly("1", "4");
  }

  @Test
  @DisplayName("clause 4.3: messages that are not kept any more are told as a gap")
  void whatIsNotKeptIsAGap() {
    List<Object> seen = pair.collect();
    List<Gap> gaps = gaps();
    pair.publish(1);
    pair.server.drop();
    pair.publish(2, 3);
    pair.server.log("news").expire();
    pair.lane.advance(200);
    pair.publish(4);

    assertThat(gaps)
        .containsExactly(new Gap(new Position(100, 1), new Position(100, 3), "expired"));
    assertThat(seen).containsExactly("1", "4");
  }

  @Test
  @DisplayName("clause 4.1: rewind brings the newest so many first, and only on the first join")
  void rewindBringsTheNewestFirst() {
    pair.publish(1, 2, 3, 4);
    pair.client.channel("news", options -> options.rewind(2));
    List<Object> seen = pair.collect();
    pair.server.drop();
    pair.lane.advance(200);
    assertThat(seen).containsExactly("3", "4");
  }

  @Test
  void goesOnFromASavedPosition() {
    pair.collect();
    pair.publish(1, 2);
    String saved = pair.channel().position().orElseThrow().toString();
    pair.client.release("news");
    pair.lane.settle();
    pair.publish(3, 4);

    pair.client.channel("news", options -> options.since(Position.parse(saved)));
    List<Object> seen = pair.collect();
    pair.publish(5);

    assertThat(seen).containsExactly("3", "4", "5");
  }

  @Test
  void leavesHalfASecondAfterItsLastListenerAndNotWhenAnotherCame() {
    Subscription first = pair.channel().onMessage(message -> {});
    pair.lane.settle();
    first.close();
    first.close();
    pair.lane.advance(400);
    Subscription second = pair.channel().onMessage(message -> {});
    pair.lane.advance(1_000);
    assertThat(pair.server.subscribers("news")).isEqualTo(1);
    assertThat(pair.server.heard("sub")).hasSize(1);

    second.close();
    pair.lane.advance(500);

    assertThat(pair.server.subscribers("news")).isZero();
    assertThat(pair.channel().state()).isEqualTo(new ChannelState.Off());
  }

  @Test
  void attachHoldsWithoutListenersUntilDetach() {
    assertThat(pair.channel().attach()).isNotDone();
    pair.lane.advance(5_000);
    assertThat(pair.server.subscribers("news")).isEqualTo(1);
    pair.channel().detach();
    pair.lane.settle();
    assertThat(pair.server.subscribers("news")).isZero();
  }

  @Test
  @DisplayName("clause 4.6: a channel that is refused fails alone")
  void aRefusedChannelFailsAlone() {
    pair.collect();
    CompletableFuture<Void> other = pair.client.channel("other").attach();
    pair.server.deny("secret");
    CompletableFuture<Void> refused = pair.client.channel("secret").attach();
    pair.server.deny("news");
    pair.lane.settle();

    assertThat(Pair.kindOf(refused)).isEqualTo("capability-denied");
    assertThat(other).isCompleted();
    assertThat(pair.channel().state()).isInstanceOf(ChannelState.Failed.class);
    assertThat(pair.state()).isEqualTo("Connected");

    pair.server.denied.clear();
    List<Object> seen = pair.collect();
    pair.publish(1);
    assertThat(seen).containsExactly("1");
  }

  @Test
  @DisplayName("clause 8.1: a channel is asked for again when the time is over, and a little later")
  void aChannelThatIsRefusedForAWhileIsAskedForWhenThatIsOver() {
    pair.server.busy.put("news", 8_000L);
    CompletableFuture<Void> attached = pair.channel().attach();
    pair.lane.advance(9_999);
    assertThat(pair.server.heard("sub")).hasSize(1);
    pair.lane.advance(1);
    assertThat(pair.server.heard("sub")).hasSize(2);

    pair.server.busy.clear();
    pair.lane.setChance(0);
    pair.lane.advance(10_000);
    assertThat(attached).isCompleted();
  }

  private List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    pair.channel().onGap(gaps::add);
    return gaps;
  }
}
