package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.core.model.AppSettings.Features;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 9 of the conformance list. */
@WithCarillon
class ClientEventTest {
  private static final String ROOM = "private-room";

  @Test
  void everyOtherSubscriberHearsItAndTheSenderDoesNot(TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-typing", ROOM, "\"who\"");
    app.rest().publish(ROOM, "marker", "");

    Frame heard = other.await("client-typing", ROOM);
    assertThat(heard.text()).isEqualTo("\"who\"");
    assertThat(heard.json().has("user_id")).isFalse();
    sender.await("marker");
    assertThat(sender.heard("client-typing")).isEmpty();
  }

  @Test
  void anObjectArrivesAsAStringThatHoldsIt(TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-typing", ROOM, java.util.Map.of("x", 1));

    assertThat(other.await("client-typing").text()).isEqualTo("{\"x\":1}");
  }

  @Test
  void aStringIsRelayedWithoutEncodingItAgain(TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-typing", ROOM, "{\"x\":1}");

    assertThat(other.await("client-typing").text()).isEqualTo("{\"x\":1}");
  }

  @Test
  void onAPresenceChannelTheServerAddsTheUser(TestApp app) {
    RawSocket sender = app.member("presence-room", "ann");
    RawSocket other = app.member("presence-room", "bob");

    sender.send(
        """
        {"event":"client-typing","channel":"presence-room","data":"x","user_id":"forged"}""");

    assertThat(other.await("client-typing").json().get("user_id").textValue()).isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"news", "cache-news", "xprivate-news", "private-encrypted-news"})
  void otherChannelsRefuseIt(String channel, TestApp app) {
    RawSocket sender = app.subscriber(channel);
    RawSocket other = app.subscriber(channel);

    sender.sendClientEvent("client-typing", channel, "x");

    assertRefused(sender);
    app.rest().publish(channel, "marker", "");
    other.await("marker");
    assertThat(other.heard("client-typing")).isEmpty();
  }

  @Test
  void aSocketThatIsNotSubscribedIsRefused(TestApp app) {
    RawSocket sender = app.connect();
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-typing", ROOM, "x");

    assertRefused(sender);
    app.rest().publish(ROOM, "marker", "");
    other.await("marker");
    assertThat(other.heard("client-typing")).isEmpty();
  }

  @Test
  void anAppWithoutClientEventsRefusesThem(Apps apps) {
    TestApp app = apps.make(new Features(false, false, false));
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-typing", ROOM, "x");

    assertRefused(sender);
    app.rest().publish(ROOM, "marker", "");
    other.await("marker");
    assertThat(other.heard("client-typing")).isEmpty();
  }

  @Test
  void the11thInASecondIsAnsweredWith4301AndNotDelivered(TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    for (int i = 1; i <= 11; i++) {
      sender.sendClientEvent("client-n", ROOM, String.valueOf(i));
    }

    Frame error = sender.await("pusher:error");
    assertThat(error.json().at("/data/code").intValue()).isEqualTo(4301);
    sender.assertAlive();
    app.rest().publish(ROOM, "marker", "");
    other.await("marker");
    assertThat(other.heard("client-n")).extracting(Frame::text).hasSize(10).doesNotContain("11");
  }

  @Test
  void anotherConnectionHasARateOfItsOwn(TestApp app) {
    RawSocket fast = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);
    for (int i = 1; i <= 11; i++) {
      fast.sendClientEvent("client-n", ROOM, "");
    }
    fast.await("pusher:error");

    other.sendClientEvent("client-typing", ROOM, "");

    fast.await("client-typing");
  }

  @Test
  void dataOf10240BytesIsDeliveredAndOneByteMoreIsNot(TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-large", ROOM, "d".repeat(10_241));
    assertRefused(sender);
    sender.sendClientEvent("client-large", ROOM, "d".repeat(10_240));

    assertThat(other.await("client-large").text()).hasSize(10_240);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xclient-a", "greeting", "pusher:greeting", "pusher_internal:greeting"})
  void anEventThatDoesNotBeginWithClientIsNotRelayed(String event, TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent(event, ROOM, "x");
    sender.assertAlive();
    app.rest().publish(ROOM, "marker", "");

    other.await("marker");
    assertThat(other.heard(event)).isEmpty();
  }

  @Test
  void aNameOf200CharactersIsRelayedAndOneMoreIsNot(TestApp app) {
    RawSocket sender = app.subscriber(ROOM);
    RawSocket other = app.subscriber(ROOM);

    sender.sendClientEvent("client-" + "n".repeat(194), ROOM, "x");
    assertRefused(sender);
    sender.sendClientEvent("client-" + "n".repeat(193), ROOM, "x");

    other.await("client-" + "n".repeat(193));
  }

  private static void assertRefused(RawSocket sender) {
    assertThat(sender.await("pusher:error").json().at("/data/message").textValue()).isNotBlank();
    sender.assertAlive();
  }
}
