package io.carillon.acceptance.libraries;

import static io.carillon.client.Capability.HISTORY;
import static io.carillon.client.Capability.MESSAGE_UPDATE_OWN;
import static io.carillon.client.Capability.PRESENCE;
import static io.carillon.client.Capability.PUBLISH;
import static io.carillon.client.Capability.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.acceptance.harness.CuttingProxy;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Channel;
import io.carillon.client.ConnectionState.Connected;
import io.carillon.client.Gap;
import io.carillon.client.HistoryOptions;
import io.carillon.client.HistoryPage;
import io.carillon.client.Message;
import io.carillon.client.MessageStream;
import io.carillon.client.Outgoing;
import io.carillon.client.Position;
import io.carillon.client.PublishResult;
import io.carillon.client.TokenRequest.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Carillon's own library for Java, against a server that was really started. */
@WithCarillon
class JavaClientTest {
  private static final String ROOM = "room";

  /** An attempt to connect may take 15 seconds before the next one begins. */
  private static final Duration RECOVERED_AFTER = Duration.ofSeconds(40);

  @Test
  void aMessageReachesItsSubscribersAndIsAcknowledgedWithItsPosition(TestApp app) {
    try (Carillon ann = client(app, "ann");
        Carillon bob = client(app, "bob");
        MessageStream<Object> heard = bob.channel(ROOM).open("greeting")) {
      Deadline.await("live channel", heard.ready());

      PublishResult result = ann.channel(ROOM).publish("greeting", Map.of("text", "hé\"llo"));

      Message<Object> message = heard.poll(Deadline.DEFAULT).orElseThrow();
      assertThat(message.data()).isEqualTo(Map.of("text", "hé\"llo"));
      assertThat(message.clientId()).hasValue("ann");
      assertThat(message.position()).isEqualTo(result.position());
      assertThat(message.id()).hasValue(result.id());
    }
  }

  @Test
  void inMessagePackDataIsTheSameAndBytesAreBytes(TestApp app) {
    String token = token(app, "ann", Duration.ofHours(1));
    try (Carillon ann =
            Carillon.connect(
                app.server().toString(), o -> o.messagePack().token(request -> token));
        Carillon bob = client(app, "bob");
        MessageStream<Object> packed = ann.channel(ROOM).open();
        MessageStream<Object> json = bob.channel(ROOM).open()) {
      Deadline.await("live", packed.ready());
      Deadline.await("live", json.ready());
      Map<String, Object> data = Map.of("text", "hé\"llo", "list", List.of(1L, -2.5, true));
      bob.channel(ROOM).publish("a", data);
      ann.channel(ROOM).publish("b", data, o -> o.extras(Map.of("color", "red")));
      ann.channel(ROOM).publish("c", new byte[] {0, -1});

      for (MessageStream<Object> stream : List.of(packed, json)) {
        assertThat(stream.poll(Deadline.DEFAULT).orElseThrow().data()).isEqualTo(data);
        Message<Object> second = stream.poll(Deadline.DEFAULT).orElseThrow();
        assertThat(second.data()).isEqualTo(data);
        assertThat(second.extras()).isEqualTo(Map.of("color", "red"));
        assertThat(stream.poll(Deadline.DEFAULT).orElseThrow().data())
            .isEqualTo(new byte[] {0, -1});
      }
    }
  }

  @Test
  void whatIsPublishedDuringCutsArrivesOnceAndInOrder(TestApp app) {
    Queue<Object> heard = new ConcurrentLinkedQueue<>();
    Queue<Gap> gaps = new ConcurrentLinkedQueue<>();
    try (CuttingProxy proxy = new CuttingProxy(app.server());
        Carillon ann = client(proxy.url(), app, "ann")) {
      Channel<Object> room = ann.channel(ROOM);
      room.onGap(gaps::add);
      Deadline.await("live", room.onMessage(m -> heard.add(text(m))).ready());
      List<CompletableFuture<PublishResult>> results = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        results.add(room.publishAsync("n", String.valueOf(i)));
        if (i % 100 == 50) {
          CompletableFuture<PublishResult> earlier = results.get(i - 10);
          Deadline.await("answer", RECOVERED_AFTER, earlier::isDone);
          proxy.cut();
          server(app).publish(ROOM, "n", "backend " + i);
        }
      }
      Deadline.await(
          "all answers",
          RECOVERED_AFTER,
          () -> results.stream().allMatch(CompletableFuture::isDone));
      assertThat(results).noneMatch(CompletableFuture::isCompletedExceptionally);
      Deadline.await("all messages", () -> heard.size() >= 303);
      assertThat(heard).doesNotHaveDuplicates().hasSize(303);
      assertThat(heard.stream().map(String::valueOf).filter(text -> !text.startsWith("b")))
          .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(String::valueOf).toList());
      assertThat(gaps).isEmpty();
    }
  }

  @Test
  void aTokenIsRenewedOnTheLiveConnection(TestApp app) {
    Queue<Reason> asked = new ConcurrentLinkedQueue<>();
    try (Carillon ann =
        Carillon.of(
            app.server().toString(),
            options ->
                options.token(
                    request -> {
                      asked.add(request.reason());
                      return token(app, "ann", Duration.ofSeconds(3));
                    }))) {
      Deadline.await("connection", ann.connect());
      Connected first = (Connected) ann.state();

      Deadline.await("renewals", () -> asked.size() >= 3);

      ann.channel(ROOM).publish("still", "here");
      assertThat(((Connected) ann.state()).connection()).isEqualTo(first.connection());
      assertThat(asked).startsWith(Reason.CONNECT, Reason.RENEW, Reason.RENEW);
    }
  }

  @Test
  void historyJoinsWhatIsLive(TestApp app) {
    CarillonServer server = server(app);
    for (int i = 1; i <= 5; i++) {
      server.publish(ROOM, "n", String.valueOf(i));
    }
    try (Carillon ann = client(app, "ann");
        MessageStream<Object> live = ann.channel(ROOM).open()) {
      Deadline.await("live channel", live.ready());
      server.publish(ROOM, "n", "6");
      List<Object> past = new ArrayList<>();
      HistoryPage<Object> page = ann.channel(ROOM).history(o -> o.untilAttach().limit(2));
      page.items().forEach(message -> past.add(text(message)));
      while (page.hasMore()) {
        page = page.next();
        page.items().forEach(message -> past.add(text(message)));
      }
      assertThat(past).containsExactly("5", "4", "3", "2", "1");
      assertThat(text(live.poll(Deadline.DEFAULT).orElseThrow())).isEqualTo("6");
      assertThat(ann.channel(ROOM).history(HistoryOptions::untilAttach).items()).hasSize(5);
    }
  }

  @Test
  void aSubscriberThatIsStartedAgainGoesOnFromItsSavedPosition(TestApp app) {
    CarillonServer server = server(app);
    String saved;
    try (Carillon before = client(app, "ann");
        MessageStream<Object> stream = before.channel(ROOM).open()) {
      Deadline.await("live channel", stream.ready());
      server.publish(ROOM, "n", "1");
      server.publish(ROOM, "n", "2");
      server.publish(ROOM, "n", "3");
      stream.next();
      saved = stream.next().orElseThrow().position().toString();
    }
    server.publish(ROOM, "n", "4");
    try (Carillon after = client(app, "ann")) {
      Channel<Object> room = after.channel(ROOM, o -> o.since(Position.parse(saved)));
      try (MessageStream<Object> stream = room.open()) {
        assertThat(text(stream.next().orElseThrow())).isEqualTo("3");
        assertThat(text(stream.next().orElseThrow())).isEqualTo("4");
        server.publish(ROOM, "n", "5");
        assertThat(text(stream.next().orElseThrow())).isEqualTo("5");
      }
    }
  }

  @Test
  void aMessageGrowsByAppendsAndHistoryHasItAsItIs(TestApp app) {
    try (Carillon ann = client(app, "ann")) {
      Channel<Object> room = ann.channel(ROOM);
      room.publish("answer", "one", o -> o.id("m1"));
      Deadline.await("append", room.append("m1", " two"));
      assertThat(text(room.history(o -> {}).items().getFirst())).isEqualTo("one two");
      Deadline.await("delete", room.delete("m1"));
      assertThat(room.history(o -> {}).items().getFirst().deleted()).isTrue();
    }
  }

  @Test
  void membersSeeEachOtherAndACutIsNotALeave(TestApp app) {
    Queue<Integer> counts = new ConcurrentLinkedQueue<>();
    try (CuttingProxy proxy = new CuttingProxy(app.server());
        Carillon ann = client(proxy.url(), app, "ann");
        Carillon bob = client(app, "bob")) {
      bob.channel(ROOM).presence().onChange(now -> counts.add(now.count()));
      bob.channel(ROOM).presence().enter(null);
      ann.channel(ROOM).presence().enter(Map.of("status", "online"));
      Deadline.await("both", () -> bob.channel(ROOM).presence().snapshot().count() == 2);
      counts.clear();

      proxy.cut();
      Deadline.await("loss", () -> !(ann.state() instanceof Connected));
      Deadline.await("return", () -> ann.state() instanceof Connected);
      ann.channel(ROOM).presence().update(Map.of("status", "back"));

      Deadline.await(
          "change",
          () ->
              bob.channel(ROOM).presence().snapshot().members().stream()
                  .anyMatch(member -> Map.of("status", "back").equals(member.data())));
      assertThat(counts).allMatch(count -> count == 2);
      ann.channel(ROOM).presence().leave();
      Deadline.await("leave", () -> bob.channel(ROOM).presence().snapshot().count() == 1);
    }
  }

  @Test
  void signalsReachWhoIsThere(TestApp app) {
    CompletableFuture<Object> heard = new CompletableFuture<>();
    try (Carillon ann = client(app, "ann");
        Carillon bob = client(app, "bob")) {
      Deadline.await("connection", ann.connect());
      Deadline.await(
          "live channel",
          bob.channel(ROOM)
              .onSignal("typing", signal -> heard.complete(signal.clientId()))
              .ready());
      ann.channel(ROOM).signal("typing", true);
      assertThat(Deadline.await("signal", heard)).hasToString("Optional[ann]");
    }
  }

  @Test
  void aBackendPublishesSeveralAndHearsWhatIsRefused(TestApp app) {
    CarillonServer server = server(app);
    List<Outgoing> messages =
        List.of(
            Outgoing.of("n", "1").to(ROOM),
            Outgoing.of("pusher:n", "2").to(ROOM),
            Outgoing.of("n", new byte[] {1, -1}).to(ROOM).withId("mine"));
    assertThat(server.publishAll(messages))
        .extracting(result -> result.error().map(CarillonException::kind).orElse("taken"))
        .containsExactly("taken", "event-name-invalid", "taken");
    assertThat(server.publish(ROOM, messages.get(2)).duplicate()).isTrue();
    assertThatExceptionOfType(CarillonException.class)
        .isThrownBy(
            () -> CarillonServer.of(app.server().toString(), app.key(), "no").publish(ROOM, "n", 1))
        .matches(error -> error.kind().equals("credentials-invalid"));
  }

  @Test
  void aKeyAloneListensToPublicChannelsAndIsRefusedElsewhere(TestApp app) {
    try (Carillon anyone = Carillon.connect(app.server().toString(), o -> o.key(app.key()));
        MessageStream<Object> heard = anyone.channel(ROOM).open()) {
      Deadline.await("live channel", heard.ready());
      server(app).publish(ROOM, "n", "1");
      assertThat(text(heard.poll(Deadline.DEFAULT).orElseThrow())).isEqualTo("1");
      assertThatExceptionOfType(CarillonException.class)
          .isThrownBy(() -> anyone.channel("private-x").publish("n", "1"))
          .matches(error -> error.kind().equals("capability-denied"));
    }
  }

  private static String text(Message<Object> message) {
    return String.valueOf(message.data());
  }

  private static CarillonServer server(TestApp app) {
    return CarillonServer.of(app.server().toString(), app.key(), app.secret());
  }

  private static Carillon client(TestApp app, String clientId) {
    return client(app.server().toString(), app, clientId);
  }

  private static Carillon client(String url, TestApp app, String clientId) {
    String token = token(app, clientId, Duration.ofHours(1));
    return Carillon.connect(url, options -> options.token(request -> token));
  }

  private static String token(TestApp app, String clientId, Duration life) {
    return server(app)
        .tokens()
        .issue(
            options ->
                options
                    .clientId(clientId)
                    .ttl(life)
                    .allow("*", SUBSCRIBE, PUBLISH, PRESENCE, HISTORY, MESSAGE_UPDATE_OWN));
  }
}
