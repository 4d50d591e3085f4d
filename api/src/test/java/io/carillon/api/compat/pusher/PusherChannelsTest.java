package io.carillon.api.compat.pusher;

import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.api.Backend;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherChannelsTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void onlyOccupiedChannelsAreListed() {
    assertThat(list(Map.of()).body()).isEqualTo("{\"channels\":{}}");
    server.subscribe(ACME, "b");
    server.subscribe(ACME, "a");
    server.subscribe(ACME, "#server-to-user-1");
    server.subscribe(ACME, "gone");
    server.node.ports().occupancy().removed(ApiServer.channel(ACME, "gone"));
    server.subscribe(OTHER, "foreign");

    HttpResponse<String> response = list(Map.of());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(json("{'channels':{'a':{},'b':{}}}"));
  }

  @Test
  void aPrefixSelects() {
    server.subscribe(ACME, "room=1");
    server.subscribe(ACME, "room=2");
    server.subscribe(ACME, "hall");

    assertThat(list(Map.of("filter_by_prefix", "room=")).body())
        .isEqualTo(json("{'channels':{'room=1':{},'room=2':{}}}"));
  }

  @Test
  void usersAreCountedOnceOnPresenceChannels() {
    server.enter(ACME, "presence-a", "one", 1);
    server.enter(ACME, "presence-a", "one", 2);
    server.enter(ACME, "presence-a", "two", 3);
    server.enter(ACME, "presence-cache-b", "one", 1);
    server.subscribe(ACME, "public");

    assertThat(list(Map.of("filter_by_prefix", "presence-", "info", "user_count")).body())
        .isEqualTo(
            json(
                "{'channels':{'presence-a':{'user_count':2},'presence-cache-b':{'user_count':1}}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', user_count",
    "presence, user_count",
    "private-, user_count",
    "presence-, subscription_count",
    "presence-, cache",
    "'', nonsense",
    "presence-, 'user_count,'",
  })
  void aListHasNoOtherInfo(String prefix, String info) {
    assertPlain(list(Map.of("filter_by_prefix", prefix, "info", info)), 400, "expected");
  }

  @Test
  void aChannelSaysWhetherItIsOccupied() {
    assertThat(channel("my-channel", "").body()).isEqualTo("{\"occupied\":false}");

    server.subscribe(ACME, "my-channel");

    assertThat(channel("my-channel", "").body()).isEqualTo("{\"occupied\":true}");
    assertThat(server.get(OTHER, "/channels/my-channel", Map.of()).body())
        .isEqualTo("{\"occupied\":false}");
  }

  /** Every attribute on every kind of channel. */
  @ParameterizedTest
  @CsvSource({
    "user_count, presence-x, '\"user_count\":0'",
    "user_count, presence-cache-x, '\"user_count\":0'",
    "user_count, x, ",
    "user_count, private-x, ",
    "user_count, private-encrypted-x, ",
    "user_count, cache-x, ",
    "user_count, private-cache-x, ",
    "user_count, private-encrypted-cache-x, ",
    "user_count, xpresence-x, ",
    "subscription_count, x, '\"subscription_count\":0'",
    "subscription_count, private-x, '\"subscription_count\":0'",
    "subscription_count, private-encrypted-x, '\"subscription_count\":0'",
    "subscription_count, cache-x, '\"subscription_count\":0'",
    "subscription_count, private-cache-x, '\"subscription_count\":0'",
    "subscription_count, private-encrypted-cache-x, '\"subscription_count\":0'",
    "subscription_count, presence-x, ",
    "subscription_count, presence-cache-x, ",
    "cache, cache-x, '\"cache\":null'",
    "cache, private-cache-x, '\"cache\":null'",
    "cache, private-encrypted-cache-x, '\"cache\":null'",
    "cache, presence-cache-x, '\"cache\":null'",
    "cache, x, ",
    "cache, mycache-x, ",
    "cache, private-x, ",
    "cache, presence-x, ",
    "cache, private-encrypted-x, ",
    "nonsense, x, ",
  })
  void anAttributeIsAnsweredWhereItAppliesAndRefusedElsewhere(
      String info, String name, String part) {
    HttpResponse<String> response = channel(name, info);

    if (part == null) {
      assertPlain(response, 400, info);
    } else {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"occupied\":false," + part + "}");
    }
  }

  @Test
  void subscriptionsAreCountedOnlyWhereTheyAreSwitchedOn() {
    server.subscribe(ACME, "x");
    server.subscribe(ACME, "x");

    assertThat(channel("x", "subscription_count").body())
        .isEqualTo("{\"occupied\":true,\"subscription_count\":2}");
    assertPlain(
        server.get(OTHER, "/channels/x", Map.of("info", "subscription_count")), 400, "switched on");
  }

  @Test
  void aCacheChannelShowsWhatItKeepsAndForHowLong() {
    String event = json("{'name':'e','channel':'cache-x','data':'kept'}");
    assertThat(server.post(ACME, "/events", event).statusCode()).isEqualTo(200);
    server.ticker.advance(Duration.ofMinutes(20));

    assertThat(channel("cache-x", "subscription_count,cache").body())
        .isEqualTo(
            json("{'occupied':false,'subscription_count':0,'cache':{'data':'kept','ttl':600}}"));

    server.ticker.advance(Duration.ofMinutes(10));

    assertThat(channel("cache-x", "cache").body())
        .isEqualTo(json("{'occupied':false,'cache':null}"));
  }

  @Test
  void everyCharacterOfANameWorksPlainAndPercentCoded() {
    String name = "a-_=@,.;b";
    server.subscribe(ACME, name);

    assertThat(channel(name, "").body()).isEqualTo("{\"occupied\":true}");
    String path = "/apps/3/channels/" + name;
    Map<String, String> query =
        ACME.signed("GET", path, Map.of(), "", server.ticker.epochSeconds());
    String coded = "/apps/3/channels/a-_%3D%40%2C.%3Bb?" + Backend.plain(query);
    assertThat(server.send(HttpRequest.newBuilder(server.uri(coded))).body())
        .isEqualTo("{\"occupied\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/channels/a!b", "/channels/a:b!", "/channels/private-"})
  void aWrongNameIsRefused(String path) {
    assertPlain(server.get(ACME, path, Map.of()), 400, "channel name");
    assertPlain(server.get(ACME, path + "/users", Map.of()), 400, "channel name");
  }

  @Test
  void internalChannelsAreNotShown() {
    String path = "/apps/3/channels/%23server-to-user-1";
    String query =
        Backend.plain(ACME.signed("GET", path, Map.of(), "", server.ticker.epochSeconds()));

    assertPlain(
        server.send(HttpRequest.newBuilder(server.uri(path + "?" + query))), 400, "channel name");
  }

  @Test
  void theUsersOfAPresenceChannelAreListedOnce() {
    server.enter(ACME, "presence-a", "one", 1);
    server.enter(ACME, "presence-a", "one", 2);
    server.enter(ACME, "presence-a", "two", 3);

    HttpResponse<String> response = server.get(ACME, "/channels/presence-a/users", Map.of());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(json("{'users':[{'id':'one'},{'id':'two'}]}"));
    assertThat(server.get(OTHER, "/channels/presence-a/users", Map.of()).body())
        .isEqualTo("{\"users\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "private-a", "cache-a", "private-encrypted-a"})
  void otherChannelsHaveNoUsersOccupiedOrNot(String name) {
    assertPlain(server.get(ACME, "/channels/" + name + "/users", Map.of()), 400, "presence");

    server.subscribe(ACME, name);

    assertPlain(server.get(ACME, "/channels/" + name + "/users", Map.of()), 400, "presence");
  }

  private HttpResponse<String> list(Map<String, String> parameters) {
    return server.get(ACME, "/channels", parameters);
  }

  private HttpResponse<String> channel(String name, String info) {
    return server.get(ACME, "/channels/" + name, info.isEmpty() ? Map.of() : Map.of("info", info));
  }

  private static void assertPlain(HttpResponse<String> response, int status, String part) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).contains(part).doesNotContain("Exception");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
