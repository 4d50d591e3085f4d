package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PresenceTest {
  private final Pair pair = new Pair();
  private final Presence presence = pair.channel().presence();
  private final List<String> seen = new ArrayList<>();

  private void follow() {
    presence.onChange(
        now ->
            seen.add(
                now.members().stream().map(Member::key).sorted().toList()
                    + (now.synced() ? "" : "?")));
    pair.lane.settle();
  }

  private void push(String fields) {
    pair.server.tell("news", "{\"t\":\"pres\",\"ch\":\"news\"," + fields + "}");
    pair.lane.settle();
  }

  @Test
  @DisplayName("clauses 9.3 and 9.6: a snapshot of several pages, then changes")
  void aSnapshotThenChanges() {
    follow();
    assertThat(pair.server.heard("sub").get(0).flag("presence")).isTrue();
    push("\"f\":4,\"v\":5,\"set\":{\"c\":{}}");
    push("\"snap\":1,\"v\":4,\"set\":{\"a\":{\"id\":\"ann\",\"d\":{\"x\":1}}},\"more\":true");
    assertThat(seen).isEmpty();
    push("\"snap\":2,\"v\":4,\"set\":{\"b\":{}}");
    push("\"f\":5,\"v\":7,\"del\":[\"a\"]");
    push("\"f\":5,\"v\":7,\"del\":[\"b\"]");
    assertThat(seen).containsExactly("[a, b, c]", "[b, c]");
    assertThat(presence.snapshot().count()).isEqualTo(2);
  }

  @Test
  @DisplayName("clause 9.9: a hole is healed by asking who is there")
  void aHoleIsHealed() {
    follow();
    push("\"snap\":1,\"v\":4,\"set\":{\"a\":{}}");
    push("\"f\":6,\"v\":7,\"set\":{\"b\":{}}");
    assertThat(pair.server.heard("who")).hasSize(1);
    push("\"snap\":1,\"v\":8,\"set\":{\"a\":{},\"d\":{}}");
    push("\"f\":0,\"v\":9,\"set\":{\"z\":{}}");
    assertThat(seen).containsExactly("[a]", "[a, d]", "[z]");
  }

  @Test
  @DisplayName("clause 9.10: only the number")
  void onlyTheNumber() {
    List<Integer> counts = new ArrayList<>();
    presence.onCount(counts::add);
    pair.lane.settle();
    assertThat(pair.server.heard("sub").get(0).text("presence")).isEqualTo("count");
    push("\"n\":3");
    push("\"n\":4");
    assertThat(counts).containsExactly(3, 4);
  }

  @Test
  @DisplayName("clauses 9.2 and 10.2: who entered enters again, with the session's secret")
  void whoEnteredEntersAgain() {
    CompletableFuture<Void> entered = presence.enterAsync(Map.of("status", "online"));
    pair.lane.settle();
    assertThat(entered).isCompleted();
    pair.server.drop();
    pair.lane.advance(1_000);

    assertThat(pair.server.heard("enter"))
        .allMatch(frame -> Map.of("status", "online").equals(frame.value("d")))
        .hasSize(2);
    assertThat(pair.server.heard("hello").get(1).text("session")).isEqualTo("s1");
    assertThat(pair.server.heard("sub")).isEmpty();

    presence.leaveAsync();
    pair.server.drop();
    pair.lane.advance(1_000);
    assertThat(pair.server.heard("enter")).hasSize(2);
  }

  @Test
  @DisplayName("clause 9.3: a member's channel is not left with its last listener")
  void aMembersChannelStays() {
    presence.enterAsync(null);
    Subscription listening = pair.channel().onMessage(message -> {});
    pair.lane.settle();
    listening.close();
    pair.lane.advance(5_000);
    assertThat(pair.server.heard("unsub")).isEmpty();
    presence.leaveAsync();
    pair.lane.advance(5_000);
    assertThat(pair.server.heard("unsub")).hasSize(1);
  }

  @Test
  @DisplayName("clause 9.4: a membership that ended by itself is told")
  void anEndIsTold() {
    List<String> ends = new ArrayList<>();
    presence.onEnd(error -> ends.add(error.kind()));
    presence.enterAsync(null);
    pair.lane.settle();
    pair.server.tellAll(
        "{\"t\":\"err\",\"ch\":\"news\",\"of\":\"enter\",\"kind\":\"capability-denied\"}");
    pair.server.drop();
    pair.lane.advance(1_000);
    assertThat(ends).containsExactly("capability-denied");
    assertThat(pair.server.heard("enter")).hasSize(1);
  }

  @Test
  void aLossIsSeen() {
    follow();
    push("\"snap\":1,\"v\":4,\"set\":{\"a\":{}}");
    pair.server.drop();
    pair.lane.settle();
    assertThat(seen).containsExactly("[a]", "[a]?");
  }

  @Test
  @DisplayName("clauses 11.1 and 11.2: signals, of which the newest of a name is sent")
  void signals() {
    List<String> heard = new ArrayList<>();
    pair.channel().onSignal("typing", signal -> heard.add(signal.member() + signal.data()));
    pair.lane.settle();
    for (int i = 0; i < 10; i++) {
      pair.channel().signal("typing", i);
    }
    pair.lane.advance(100);
    assertThat(pair.server.heard("eph"))
        .extracting(frame -> frame.objects("m").get(0).value("d"))
        .containsExactly(0L, 9L);
    pair.server.tell(
        "news",
        "{\"t\":\"eph\",\"ch\":\"news\",\"m\":[{\"n\":\"typing\",\"d\":true,\"member\":\"m7\"},"
            + "{\"n\":\"other\",\"d\":1,\"member\":\"m7\"}]}");
    pair.lane.settle();
    assertThat(heard).containsExactly("m7true");
  }
}
