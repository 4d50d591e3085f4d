package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.core.model.AppSettings.Features;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 18 of the conformance list. */
@WithCarillon
class SubscriptionCountTest {
  private static final String COUNT = "pusher_internal:subscription_count";

  @ParameterizedTest
  @ValueSource(strings = {"news", "private-news", "private-encrypted-news", "cache-news"})
  void subscribersHearHowManyTheyAre(String channel, TestApp app) {
    RawSocket first = app.subscriber(channel);
    awaitCount(first, channel, 1);

    RawSocket second = app.subscriber(channel);
    awaitCount(first, channel, 2);
    awaitCount(second, channel, 2);
    second.close();

    awaitCount(first, channel, 1);
  }

  @Test
  void presenceChannelsHaveNoCount(TestApp app) {
    RawSocket socket = app.member("presence-a", "ann");
    app.member("presence-a", "bob");
    app.rest().publish("presence-a", "marker", "");

    socket.await("marker");
    assertThat(socket.heard(COUNT)).isEmpty();
  }

  @Test
  void anAppThatDoesNotWantCountsHasNone(Apps apps) {
    TestApp app = apps.make(new Features(true, false, false));
    RawSocket socket = app.subscriber("news");
    app.subscriber("news");
    app.rest().publish("news", "marker", "");

    socket.await("marker");
    assertThat(socket.heard(COUNT)).isEmpty();
  }

  @Test
  void above100SubscribersTheNewestCountComesFromTimeToTime(TestApp app) {
    RawSocket first = app.subscriber("news");
    for (int i = 2; i <= 104; i++) {
      app.subscriber("news");
    }

    awaitCount(first, "news", 100);
    awaitCount(first, "news", 104);
    // 101 to 103 may be met by the timer while the others still connect, but not one by one
    assertThat(first.heard(COUNT)).hasSizeBetween(2, 103);
  }

  private static void awaitCount(RawSocket socket, String channel, int count) {
    socket.await(
        "count of " + count,
        frame ->
            frame.event().equals(COUNT)
                && channel.equals(frame.channel())
                && frame.data().get("subscription_count").intValue() == count);
  }
}
