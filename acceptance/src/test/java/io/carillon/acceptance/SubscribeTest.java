package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.Signing;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 5 and 6 of the conformance list. */
@WithCarillon
class SubscribeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "news",
        "private-news",
        "private-encrypted-news",
        "cache-news",
        "private-cache-news",
        "private-encrypted-cache-news",
        "letters-DIGITS-0_-=@,.;"
      })
  void aSubscriptionSucceedsWithEmptyDataAndGetsMessages(String channel, TestApp app) {
    RawSocket socket = app.connect();

    Frame succeeded = app.subscribe(socket, channel);
    app.rest().publish(channel, "greeting", "hello");

    assertThat(succeeded.text()).isEqualTo("{}");
    Frame message = socket.await("greeting", channel);
    assertThat(message.text()).isEqualTo("hello");
    assertThat(message.json().has("user_id")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"presence-news", "presence-cache-news"})
  void aPresenceSubscriptionSucceedsWithTheMembers(String channel, TestApp app) {
    RawSocket socket = app.connect();

    Frame succeeded =
        app.subscribe(
            socket, channel, Json.object("user_id", "u1", "user_info", Json.map("name", "Ann")));

    JsonNode presence = succeeded.data().get("presence");
    assertThat(presence.get("count").intValue()).isEqualTo(1);
    assertThat(presence.get("ids").toString()).isEqualTo("[\"u1\"]");
    assertThat(presence.get("hash").toString()).isEqualTo("{\"u1\":{\"name\":\"Ann\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private-a",
        "private-encrypted-a",
        "private-cache-a",
        "private-encrypted-cache-a",
        "presence-a",
        "presence-cache-a"
      })
  void aWrongSignatureIsRefusedAndTheSocketStays(String channel, TestApp app) {
    RawSocket socket = app.connect();
    String wrong = app.key() + ":" + Signing.hmac("not the secret", "x");

    socket.sendEvent(
        "pusher:subscribe",
        "channel",
        channel,
        "auth",
        wrong,
        "channel_data",
        Json.object("user_id", "u1"));

    assertRefused(
        socket, channel, "Invalid signature: Expected HMAC SHA256 hex digest of ", "AuthError");
  }

  @Test
  void aMissingSignatureIsRefused(TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent("pusher:subscribe", "channel", "private-a");

    assertRefused(socket, "private-a", "Invalid key in subscription auth data", "AuthError");
  }

  @Test
  void aSignatureWithAnotherAppsKeyIsRefused(TestApp app, TestApp other) {
    RawSocket socket = app.connect();

    socket.sendEvent(
        "pusher:subscribe", "channel", "private-a", "auth", other.auth(socket, "private-a"));

    assertRefused(socket, "private-a", "Invalid key in subscription auth data", "AuthError");
  }

  @Test
  void aSignatureForAnotherSocketIsRefused(TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent(
        "pusher:subscribe", "channel", "private-a", "auth", app.auth(app.connect(), "private-a"));

    assertRefused(socket, "private-a", "Invalid signature", "AuthError");
  }

  @Test
  void aSignatureForOtherChannelDataIsRefused(TestApp app) {
    RawSocket socket = app.connect();
    String auth = app.auth(socket, "presence-a:" + Json.object("user_id", "u1"));

    socket.sendEvent(
        "pusher:subscribe",
        "channel",
        "presence-a",
        "auth",
        auth,
        "channel_data",
        Json.object("user_id", "u2"));

    assertRefused(socket, "presence-a", "Invalid signature", "AuthError");
  }

  /** Both are signed as one text: a colon may stand in a name, and before the channel's data. */
  @ParameterizedTest
  @CsvSource({
    "private-a:7, private-a, 7",
    "private-a:b:7, private-a, b:7",
    "private-encrypted-a:7, private-encrypted-a, 7",
    "private-cache-a:7, private-cache-a, 7",
    "private-a:, private-a, ''"
  })
  void aSignatureForALongerNameIsNoneForAShorterOne(
      String signed, String wanted, String rest, TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent(
        "pusher:subscribe",
        "channel",
        wanted,
        "auth",
        app.auth(socket, signed),
        "channel_data",
        rest);

    JsonNode refused = socket.await("pusher:subscription_error", wanted).data();
    assertThat(refused.get("type").textValue()).isEqualTo("AuthError");
    assertThat(socket.heard("pusher_internal:subscription_succeeded")).isEmpty();
  }

  private static void assertRefused(
      RawSocket socket, String channel, String beginning, String type) {
    JsonNode onChannel = socket.await("pusher:subscription_error", channel).data();
    assertThat(onChannel.get("type").textValue()).isEqualTo(type);
    assertThat(onChannel.get("error").textValue()).startsWith(beginning);
    assertThat(onChannel.get("status").intValue()).isEqualTo(401);
    JsonNode error = socket.await("pusher:error").json().get("data");
    assertThat(error.get("message").textValue()).startsWith(beginning);
    assertThat(error.get("code").isNull()).isTrue();
    socket.assertAlive();
    assertThat(socket.heard("pusher_internal:subscription_succeeded")).isEmpty();
  }

  @Test
  void aPrivateChannelMayCarrySignedChannelData(TestApp app) {
    RawSocket socket = app.connect();

    app.sendSubscribe(socket, "private-a", Json.object("user_id", "u1"));

    assertThat(socket.await("pusher_internal:subscription_succeeded").text()).isEqualTo("{}");
  }

  @Test
  void aSecondSubscriptionIsAnErrorAndTheFirstOneStays(TestApp app) {
    RawSocket socket = app.subscriber("news");

    socket.sendEvent("pusher:subscribe", "channel", "news");

    socket.await("pusher:error");
    app.rest().publish("news", "greeting", "hello");
    socket.await("greeting");
    app.rest().publish("news", "marker", "");
    socket.await("marker");
    assertThat(socket.heard("greeting")).hasSize(1);
  }

  @Test
  void whoUnsubscribedHearsNothingMoreAndMayComeBack(TestApp app) {
    RawSocket socket = app.subscriber("news");

    socket.unsubscribe("news");
    socket.assertAlive();
    app.rest().publish("news", "missed", "");
    app.subscribe(socket, "news");
    app.rest().publish("news", "marker", "");

    socket.await("marker");
    assertThat(socket.heard("missed")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xprivate-a", "my-presence-a", "mycache-a", "PRIVATE-a"})
  void aPrefixCountsOnlyAtTheStartOfTheName(String channel, TestApp app) {
    assertThat(app.subscribe(app.connect(), channel).text()).isEqualTo("{}");
  }

  @Test
  void aNameOf200CharactersIsAllowedAndOneMoreIsNot(TestApp app) {
    RawSocket socket = app.connect();
    app.subscribe(socket, "n".repeat(200));

    socket.sendEvent("pusher:subscribe", "channel", "n".repeat(201));

    assertThat(socket.await("pusher:error").json().at("/data/message").textValue()).contains("200");
    socket.assertAlive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "a/b", "ümlaut", "a\u0000b", "#server-to-user-7", "#x"})
  void otherNamesAreRefusedAndTheSocketStays(String channel, TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent("pusher:subscribe", "channel", channel, "auth", "");

    socket.await("pusher:error");
    socket.assertAlive();
    assertThat(socket.heard("pusher_internal:subscription_succeeded")).isEmpty();
  }

  @Test
  void noMessageHasANullChannelOrUser(TestApp app) {
    RawSocket socket = app.member("presence-a", "u1");
    app.member("presence-a", "u2").sendClientEvent("client-x", "presence-a", "hi");
    socket.await("client-x");
    socket.send("not json");
    socket.await("pusher:error");
    socket.assertAlive();

    assertThat(socket.heard())
        .allSatisfy(
            frame -> {
              assertThat(frame.json().has("data")).isTrue();
              assertThat(frame.json().path("channel").isNull()).isFalse();
              assertThat(frame.json().path("user_id").isNull()).isFalse();
            });
  }
}
