package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 16 of the conformance list; that it expires after 30 minutes is tested with its clock. */
@WithCarillon
class CacheChannelTest {
  private static final String MISS = "pusher:cache_miss";

  @ParameterizedTest
  @ValueSource(strings = {"cache-a", "private-cache-a", "private-encrypted-cache-a"})
  void theFirstSubscriberOfAnEmptyChannelHearsOfTheMiss(String channel, TestApp app) {
    RawSocket socket = app.connect();

    app.subscribe(socket, channel);

    Frame miss = socket.await(MISS, channel);
    assertThat(miss.json().has("data")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cache-a", "private-cache-a", "private-encrypted-cache-a"})
  void theLastEventComesRightAfterTheConfirmation(String channel, TestApp app) {
    app.rest().publish(channel, "older", "1");
    app.rest().publish(channel, "newer", "2");
    RawSocket socket = app.connect();

    app.subscribe(socket, channel);

    assertThat(socket.await("newer", channel).text()).isEqualTo("2");
    assertThat(socket.heard())
        .extracting(Frame::event)
        .startsWith(
            "pusher:connection_established", "pusher_internal:subscription_succeeded", "newer");
  }

  @Test
  void aPresenceCacheChannelHasMissAndHitToo(TestApp app) {
    app.member("presence-cache-a", "ann").await(MISS, "presence-cache-a");
    app.rest().publish("presence-cache-a", "greeting", "x");

    RawSocket bob = app.member("presence-cache-a", "bob");

    bob.await("greeting", "presence-cache-a");
    assertThat(bob.heard(MISS)).isEmpty();
  }

  @Test
  void theLastEventIsKeptWhileNobodyIsSubscribed(TestApp app) {
    RawSocket first = app.subscriber("cache-a");
    app.rest().publish("cache-a", "greeting", "x");
    first.await("greeting");
    first.close();

    app.subscriber("cache-a").await("greeting", "cache-a");
  }

  @Test
  void aClientEventIsNotKept(TestApp app) {
    RawSocket sender = app.subscriber("private-cache-a");
    RawSocket other = app.subscriber("private-cache-a");
    sender.sendClientEvent("client-typing", "private-cache-a", "x");
    other.await("client-typing");

    RawSocket late = app.subscriber("private-cache-a");

    late.await(MISS, "private-cache-a");
    app.rest().publish("private-cache-a", "greeting", "x");
    sender.sendClientEvent("client-typing", "private-cache-a", "x");
    app.subscriber("private-cache-a").await("greeting", "private-cache-a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"news", "mycache-a", "xcache-a", "private-news"})
  void otherChannelsKeepNothingAndTellOfNoMiss(String channel, TestApp app) {
    app.rest().publish(channel, "greeting", "x");

    RawSocket socket = app.subscriber(channel);
    app.rest().publish(channel, "marker", "");

    socket.await("marker");
    assertThat(socket.heard("greeting")).isEmpty();
    assertThat(socket.heard(MISS)).isEmpty();
  }
}
