package io.carillon.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.Channel;
import io.carillon.client.ConnectionState;
import io.carillon.client.Message;
import io.carillon.client.Position;
import io.carillon.client.Presence;
import io.carillon.client.PublishResult;
import io.carillon.client.TokenRequest.Reason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test can make happen, as clients see it. */
@Timeout(20)
final class TestServerTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final List<Reason> asked = new ArrayList<>();
  private final TestServer server =
      new TestServer(o -> o.key("key").clientIds(token -> Optional.of("ann")));
  private final Carillon client =
      Carillon.of(
          "https://rt.example.com",
          o ->
              server.options(
                  o.token(
                      request -> {
                        asked.add(request.reason());
                        return "token " + asked.size();
                      })));
  private final Channel<Object> channel = client.channel("news");

  private Carillon guest(String key) {
    return Carillon.of("https://rt.example.com", o -> server.options(o.key(key)));
  }

  @Test
  @DisplayName("clauses 7.3 and 7.4: a refusal is told with its close code")
  void refuse() {
    server.refuse(4110, 2);
    client.connect();
    assertThat(client.state()).isInstanceOf(ConnectionState.Waiting.class);
    server.advance(SOON);
    assertThat(client.state()).isInstanceOf(ConnectionState.Connected.class);

    server.refuse(4001);
    server.drop();
    server.advance(SOON);
    assertThat(client.state()).isInstanceOf(ConnectionState.Failed.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.refuse(1006))
        .withMessage("code: 1006 (expected: 4000 to 4399)");
  }

  @Test
  void expireToken() {
    client.connect();
    server.expireToken();
    server.advance(SOON);
    assertThat(client.state()).isInstanceOf(ConnectionState.Connected.class);
    assertThat(asked).containsExactly(Reason.CONNECT, Reason.REFUSED);
    server.announceExpiry(Duration.ofSeconds(30));
    assertThat(asked).containsExactly(Reason.CONNECT, Reason.REFUSED, Reason.RENEW);
    assertThat(server.heard().get(server.heard().size() - 1)).containsEntry("token", "token 3");
  }

  @Test
  void denyAndAllow() {
    channel.attach();
    server.deny("news");
    assertThatExceptionOfType(CarillonException.class)
        .isThrownBy(() -> channel.publish("a", 1))
        .matches(error -> error.kind().equals("capability-denied"));
    server.allow("news");
    assertThat(channel.publish("a", 1).position()).isEqualTo(new Position(100, 1));
  }

  @Test
  void throttleRefusesOnePublishForAWhile() {
    server.throttle(Duration.ofMillis(700));
    assertThatExceptionOfType(CarillonException.class)
        .isThrownBy(() -> channel.publish("a", 1))
        .matches(error -> error.kind().equals("message-rate"))
        .matches(error -> error.after().equals(Optional.of(Duration.ofMillis(700))));
    assertThat(channel.publish("a", 1).position()).isEqualTo(new Position(100, 1));
  }

  @Test
  void aKeyMaySubscribeAndAnotherKeyIsUnknown() {
    Carillon guest = guest("key");
    List<Object> seen = new ArrayList<>();
    guest.channel("news").onMessage(message -> seen.add(message.data()));
    server.publish("news", "a", Map.of("x", 1));
    assertThat(seen).containsExactly(Map.of("x", 1L));
    Carillon stranger = guest("other");
    stranger.connect();
    assertThat(stranger.state())
        .isInstanceOfSatisfying(
            ConnectionState.Failed.class,
            failed -> assertThat(failed.reason().kind()).isEqualTo("app-unknown"));
  }

  @Test
  void muteIsFoundOutByTheHeartbeat() {
    client.connect();
    server.setMute(true);
    server.advance(Duration.ofSeconds(34));
    assertThat(client.state()).isInstanceOf(ConnectionState.Connected.class);
    server.advance(Duration.ofSeconds(2));
    server.setMute(false);
    assertThat(client.state()).isNotInstanceOf(ConnectionState.Connected.class);
    server.advance(Duration.ofSeconds(20));
    assertThat(client.state()).isInstanceOf(ConnectionState.Connected.class);
  }

  @Test
  void whatIsOverItsTimeIsAGap() {
    List<String> gaps = new ArrayList<>();
    channel.onGap(gap -> gaps.add(gap.reason()));
    channel.attach();
    server.drop();
    server.publish("news", "a", 1);
    server.expire("news");
    server.advance(SOON);
    assertThat(gaps).containsExactly("expired");
    assertThat(server.messages("news")).isEmpty();
  }

  @Test
  void aMarkTellsOfWhatWasSkippedLast() {
    List<Object> seen = new ArrayList<>();
    channel.onMessage(message -> seen.add(message.data()));
    server.skip(1);
    server.publish("news", "a", "x");
    assertThat(seen).isEmpty();
    server.mark("news");
    assertThat(seen).containsExactly("x");
  }

  @Test
  @DisplayName("clauses 9.6 and 9.9: members come, go, and are asked for after a hole")
  void members() {
    Presence presence = channel.presence();
    List<Integer> counts = new ArrayList<>();
    presence.onChange(now -> counts.add(now.count()));
    presence.enter(Map.of("status", "online"));
    server.enter("news", "bob", null);
    server.skipPresence(1);
    server.enter("news", "eve", 1);
    server.leave("news", "bob");
    assertThat(counts).containsExactly(0, 1, 2, 2);
    assertThat(presence.snapshot().members())
        .extracting(member -> member.clientId().orElse(""))
        .containsExactlyInAnyOrder("ann", "eve");
    client.close();
    assertThat(server.heard().get(server.heard().size() - 1)).containsEntry("t", "bye");
  }

  @Test
  @DisplayName("clause 10.3: who does not come back within 15 seconds has left")
  void theGrace() {
    List<Integer> counts = new ArrayList<>();
    channel.presence().onChange(now -> counts.add(now.count()));
    Wire bob = new Wire(server.httpClient());
    bob.send("[{\"t\":\"hello\",\"token\":\"x\"},{\"t\":\"enter\",\"i\":1,\"ch\":\"news\"}]");
    bob.cut();
    server.advance(Duration.ofMillis(14_999));
    assertThat(counts).containsExactly(0, 1);
    server.advance(Duration.ofMillis(1));
    assertThat(counts).containsExactly(0, 1, 0);
  }

  @Test
  @DisplayName("clauses 11.1 and 11.2: a signal reaches the others")
  void signals() {
    List<Object> heard = new ArrayList<>();
    guest("key").channel("news").onSignal("typing", signal -> heard.add(signal.data()));
    client.connect();
    channel.signal("typing", true);
    channel.signal("typing", false);
    assertThat(heard).containsExactly(true);
    server.advance(Duration.ofMillis(40));
    assertThat(heard).containsExactly(true, false);
  }

  @Test
  @DisplayName("clauses 12.1 to 12.6: extras, changes, and history as it is now")
  void changes() {
    List<Message<Object>> seen = new ArrayList<>();
    channel.onMessage(seen::add);
    PublishResult first =
        channel.publish("a", "Hel", o -> o.id("m1").extras(Map.of("color", "red")));
    CompletableFuture<PublishResult> appended = channel.append("m1", "lo");
    assertThat(appended).isCompleted();
    assertThat(seen.get(0).extras()).isEqualTo(Map.of("color", "red"));
    assertThat(seen.get(1).change()).hasValue(new Message.Change("append", "m1"));
    assertThat(seen.get(1).extras()).isEmpty();

    Message<Object> now = channel.history(h -> {}).items().get(0);
    assertThat(now.data()).isEqualTo("Hello");
    assertThat(now.position()).isEqualTo(first.position());
    assertThat(now.changedAt()).hasValue(appended.join().position());
    assertThat(now.extras()).isEqualTo(Map.of("color", "red"));
    assertThat(server.messages("news")).hasSize(2);
  }

  @Test
  void bytesAreAppended() {
    channel.publish("a", new byte[] {1}, o -> o.id("m1"));
    channel.append("m1", new byte[] {-1});
    assertThat(channel.history(h -> {}).items().get(0).data()).isEqualTo(new byte[] {1, -1});
    assertThat(server.messages("news").get(0).data()).isEqualTo(new byte[] {1});
  }

  @Test
  void timeIsTheTestsAlone() {
    TestClock clock = server.clock();
    assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    server.advance(SOON);
    assertThat(clock.withZone(ZoneId.of("Asia/Tokyo")).instant())
        .isEqualTo(Instant.parse("2030-01-01T00:00:01Z"));
    client.connect();
    server.drop();
    clock.setRandom(0);
    server.drop();
    assertThat(clock.timers()).isEqualTo(1);
    clock.sleep(SOON);
    assertThat(client.state()).isInstanceOf(ConnectionState.Waiting.class);
    server.settle();
    assertThat(client.state()).isInstanceOf(ConnectionState.Connected.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.advance(SOON.negated()))
        .withMessage("time: PT-1S (expected: 0 or more)");
  }

  @Test
  void theHttpClientLeadsNowhereElse() {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost/x")).build();
    assertThatExceptionOfType(java.io.IOException.class)
        .isThrownBy(() -> server.httpClient().send(request, BodyHandlers.discarding()))
        .withMessage("GET http://localhost/x (expected: WebSockets; test server)");
  }
}
