package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Fallback;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.Signing;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import org.junit.jupiter.api.Test;

/** Line 19 of the conformance list. */
@WithCarillon
class HttpFallbackTest {
  private static final String QUERY = "protocol=7&client=js&version=8";

  @Test
  void aStreamingClientSubscribesSendsAndReceives(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).stream()) {
      roundTrip(app, client);
    }
  }

  @Test
  void aPollingClientSubscribesSendsAndReceives(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).poll()) {
      roundTrip(app, client);
    }
  }

  private static void roundTrip(TestApp app, Fallback client) {
    String socketId =
        client.await("pusher:connection_established").data().get("socket_id").textValue();
    RawSocket other = app.subscriber("private-room");
    String auth = app.key() + ":" + Signing.hmac(app.secret(), socketId + ":private-room");

    client.send(subscribe("channel", "private-room", "auth", auth), subscribe("channel", "news"));
    client.await("pusher_internal:subscription_succeeded");
    client.await("pusher_internal:subscription_succeeded");
    app.rest().publish("news", "greeting", "hello");
    client.send(Json.object("event", "client-typing", "channel", "private-room", "data", "x"));

    assertThat(client.await("greeting").text()).isEqualTo("hello");
    other.await("client-typing", "private-room");
    client.send("{\"event\":\"pusher:ping\",\"data\":{}}");
    client.await("pusher:pong");
  }

  @Test
  void theMessagesOfOneRequestKeepTheirOrder(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).stream()) {
      client.await("pusher:connection_established");
      client.send(
          subscribe("channel", "a"),
          "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"a\"}}",
          subscribe("channel", "b"));
      client.await("pusher_internal:subscription_succeeded");
      client.await("pusher_internal:subscription_succeeded");

      app.rest().publish("a", "missed", "");
      app.rest().publish("b", "marker", "");

      client.await("marker");
      assertThat(client.untaken()).noneMatch(frame -> frame.event().equals("missed"));
    }
  }

  @Test
  void theSessionSurvivesANewReceivingRequest(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).stream()) {
      client.await("pusher:connection_established");
      client.send(subscribe("channel", "news"));
      client.await("pusher_internal:subscription_succeeded");
      app.rest().publish("news", "n", "1");
      client.await("n");

      client.interrupt();
      client.stream();
      app.rest().publish("news", "marker", "2");

      assertThat(client.await("marker").text()).isEqualTo("2");
    }
  }

  @Test
  void aMessageBetweenTwoPollsIsNotLost(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).poll()) {
      client.await("pusher:connection_established");
      client.send(subscribe("channel", "news"));
      client.await("pusher_internal:subscription_succeeded");

      app.rest().publish("news", "n", "1");
      app.rest().publish("news", "n", "2");

      assertThat(client.await("n").text()).isEqualTo("1");
      assertThat(client.await("n").text()).isEqualTo("2");
    }
  }

  @Test
  void aHeartbeatIsAnsweredWithSuccess(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).stream()) {
      client.await("pusher:connection_established");

      assertThat(client.sendBody("[]")).isEqualTo(200);
    }
  }

  @Test
  void aRefusedClientGetsACloseFrameWithTheCode(Apps apps) {
    TestApp disabled = apps.makeDisabled();
    try (Fallback streaming = new Fallback(disabled, QUERY).stream();
        Fallback polling = new Fallback(disabled, QUERY).poll()) {
      assertThat(streaming.awaitClose()).isEqualTo(4003);
      assertThat(polling.awaitClose()).isEqualTo(4003);
    }
  }

  @Test
  void anUnsupportedProtocolGetsACloseFrameWithTheCode(TestApp app) {
    try (Fallback client = new Fallback(app, "protocol=3").stream()) {
      assertThat(client.awaitClose()).isEqualTo(4007);
    }
  }

  @Test
  void sendingWithoutASessionIsRefused(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY)) {
      assertThat(client.sendBody("[]")).isBetween(400, 499);
    }
  }

  @Test
  void aBodyThatIsNoArrayOfStringsIsRefusedAndTheSessionStays(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).stream()) {
      client.await("pusher:connection_established");

      assertThat(client.sendBody("garbage")).isEqualTo(400);
      assertThat(client.sendBody("[7]")).isEqualTo(400);
      assertThat(client.sendBody("[\"a\"")).isEqualTo(400);

      client.send("{\"event\":\"pusher:ping\"}");
      client.await("pusher:pong");
    }
  }

  @Test
  void aStreamThatIsLeftForGoodFreesItsChannels(TestApp app) {
    try (Fallback client = new Fallback(app, QUERY).stream()) {
      client.await("pusher:connection_established");
      client.send(subscribe("channel", "news"));
      client.await("pusher_internal:subscription_succeeded");
    }

    Deadline.await(
        "vacant channel",
        java.time.Duration.ofSeconds(30),
        () -> app.rest().get("/channels/news").body().equals("{\"occupied\":false}"));
  }

  private static String subscribe(Object... data) {
    return Json.object("event", "pusher:subscribe", "data", Json.map(data));
  }
}
