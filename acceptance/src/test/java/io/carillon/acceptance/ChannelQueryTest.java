package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.SignedRest.Answer;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 14 of the conformance list. */
@WithCarillon
class ChannelQueryTest {
  @ParameterizedTest
  @CsvSource({
    "news, subscription_count",
    "private-news, subscription_count",
    "private-encrypted-news, subscription_count",
    "cache-news, subscription_count",
    "private-cache-news, subscription_count",
    "private-encrypted-cache-news, subscription_count",
    "presence-news, user_count",
    "presence-cache-news, user_count"
  })
  void theCountThatAppliesIsAnswered(String channel, String attribute, TestApp app) {
    join(app, channel, "ann");
    join(app, channel, "ann");
    join(app, channel, "bob");
    int expected = attribute.equals("user_count") ? 2 : 3;

    Answer queried = app.rest().get("/channels/" + channel, "info", attribute);
    Answer published = app.rest().publish(channel, "greeting", "x", "info", attribute);

    assertThat(queried.status()).isEqualTo(200);
    assertThat(queried.json())
        .isEqualTo(Json.parse("{\"occupied\":true,\"%s\":%d}".formatted(attribute, expected)));
    assertThat(published.json())
        .isEqualTo(
            Json.parse(
                "{\"channels\":{\"%s\":{\"%s\":%d}}}".formatted(channel, attribute, expected)));
  }

  @ParameterizedTest
  @CsvSource({
    "news, user_count",
    "private-news, user_count",
    "private-encrypted-news, user_count",
    "cache-news, user_count",
    "private-cache-news, user_count",
    "private-encrypted-cache-news, user_count",
    "presence-news, subscription_count",
    "presence-cache-news, subscription_count",
    "news, cache",
    "private-news, cache",
    "private-encrypted-news, cache",
    "presence-news, cache",
    "mycache-a, cache",
    "news, nonsense"
  })
  void anAttributeThatDoesNotApplyIsRefusedWith400(String channel, String attribute, TestApp app) {
    Answer answer = app.rest().get("/channels/" + channel, "info", attribute);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache-news",
        "private-cache-news",
        "private-encrypted-cache-news",
        "presence-cache-news"
      })
  void aCacheChannelAnswersItsLastEvent(String channel, TestApp app) {
    assertThat(app.rest().get("/channels/" + channel, "info", "cache").json().get("cache").isNull())
        .isTrue();

    app.rest().publish(channel, "greeting", "{\"x\":1}");

    JsonNode cache = app.rest().get("/channels/" + channel, "info", "cache").json().get("cache");
    assertThat(cache.get("data").textValue()).isEqualTo("{\"x\":1}");
    assertThat(cache.get("ttl").intValue()).isBetween(1_700, 1_800);
  }

  @Test
  void severalAttributesMayBeAskedAtOnce(TestApp app) {
    app.subscriber("cache-news");
    app.rest().publish("cache-news", "greeting", "x");

    JsonNode answer =
        app.rest().get("/channels/cache-news", "info", "subscription_count,cache").json();

    assertThat(answer.get("subscription_count").intValue()).isEqualTo(1);
    assertThat(answer.at("/cache/data").textValue()).isEqualTo("x");
  }

  @Test
  void aChannelWithoutSubscribersIsNotOccupied(TestApp app) {
    app.rest().publish("news", "greeting", "x");
    assertThat(app.rest().get("/channels/news").body()).isEqualTo("{\"occupied\":false}");

    RawSocket socket = app.subscriber("news");
    assertThat(app.rest().get("/channels/news").body()).isEqualTo("{\"occupied\":true}");

    socket.unsubscribe("news");
    socket.assertAlive();
    assertThat(app.rest().get("/channels/news").body()).isEqualTo("{\"occupied\":false}");
  }

  @Test
  void theListHasOccupiedChannelsOnlyAndMayBeFiltered(TestApp app) {
    app.rest().publish("empty", "greeting", "x");
    app.subscriber("news");
    app.subscriber("private-a");
    app.member("presence-a", "ann");

    assertThat(app.rest().get("/channels").json())
        .isEqualTo(Json.parse("{\"channels\":{\"news\":{},\"presence-a\":{},\"private-a\":{}}}"));
    assertThat(app.rest().get("/channels", "filter_by_prefix", "pr").json())
        .isEqualTo(Json.parse("{\"channels\":{\"presence-a\":{},\"private-a\":{}}}"));
  }

  @Test
  void theListHasUserCountsOfPresenceChannels(TestApp app) {
    app.member("presence-a", "ann");
    app.member("presence-a", "bob");
    app.member("presence-b", "ann");

    Answer answer =
        app.rest()
            .request("GET", "/channels")
            .query("filter_by_prefix", "presence-")
            .query("info", "user_count")
            .send();

    assertThat(answer.json())
        .isEqualTo(
            Json.parse(
                """
                {"channels":{"presence-a":{"user_count":2},"presence-b":{"user_count":1}}}"""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pr", "private-", "news"})
  void userCountsWithoutAPresencePrefixAreRefusedWith400(String prefix, TestApp app) {
    Answer answer =
        app.rest()
            .request("GET", "/channels")
            .query("filter_by_prefix", prefix)
            .query("info", "user_count")
            .send();

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void whoIsSignedInIsNoChannelOfTheList(TestApp app) {
    RawSocket socket = app.connect();
    app.signIn(socket, "{\"id\":\"ann\",\"watchlist\":[\"bob\"]}");
    socket.await("pusher:signin_success");
    app.user("bob");
    socket.await("pusher_internal:watchlist_events");

    assertThat(app.rest().get("/channels").body()).isEqualTo("{\"channels\":{}}");
  }

  @Test
  void theUsersOfAPresenceChannelAreAnsweredOnce(TestApp app) {
    app.member("presence-a", "ann");
    app.member("presence-a", "ann");

    assertThat(app.rest().get("/channels/presence-a/users").json())
        .isEqualTo(Json.parse("{\"users\":[{\"id\":\"ann\"}]}"));
    assertThat(app.rest().get("/channels/presence-b/users").json())
        .isEqualTo(Json.parse("{\"users\":[]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"news", "private-a", "cache-a", "xpresence-a"})
  void theUsersOfAnotherChannelAreRefusedWith400(String channel, TestApp app) {
    assertThat(app.rest().get("/channels/" + channel + "/users").status()).isEqualTo(400);
  }

  private static void join(TestApp app, String channel, String userId) {
    if (channel.startsWith("presence-")) {
      app.member(channel, userId);
    } else {
      app.subscriber(channel);
    }
  }
}
