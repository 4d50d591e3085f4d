package io.carillon.api.channels;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.names;
import static io.carillon.api.Answers.number;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void occupiedChannelsAreListedWithTheirSubscriptions() {
    assertThat(server.rest(ACME, "/channels").body()).isEqualTo("{\"channels\":[]}");
    server.subscribe(ACME, "b");
    server.subscribe(ACME, "a:1");
    server.subscribe(ACME, "a:1");
    server.subscribe(ACME, "#server-to-user-1");
    server.subscribe(OTHER, "foreign");

    assertThat(json(server.rest(ACME, "/channels"), 200))
        .isEqualTo(
            json(
                quoted(
                    "{'channels':[{'name':'a:1','subscriptions':2},{'name':'b','subscriptions':1}]}")));
  }

  @Test
  void pagesFollowEachOther() {
    for (int i = 0; i < 5; i++) {
      server.subscribe(ACME, "room:" + i);
    }
    server.subscribe(ACME, "hall");
    server.subscribe(ACME, "zoo");
    List<String> found = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();

    String path = "/channels?prefix=room:&limit=2";
    while (!path.isEmpty()) {
      HttpResponse<String> response = server.rest(ACME, path);
      List<JsonNode> page = list(json(response, 200), "channels");
      sizes.add(page.size());
      page.forEach(channel -> found.add(text(channel, "name")));
      path = next(response);
    }

    assertThat(sizes).containsExactly(2, 2, 1);
    assertThat(found).containsExactly("room:0", "room:1", "room:2", "room:3", "room:4");
  }

  @Test
  void aCursorNeedsNoChannelOfItsName() {
    server.subscribe(ACME, "a");
    server.subscribe(ACME, "c");

    assertThat(list(json(server.rest(ACME, "/channels?cursor=b"), 200), "channels"))
        .extracting(channel -> text(channel, "name"))
        .containsExactly("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "x", "", "99999999999"})
  void aLimitHasItsBounds(String limit) {
    assertProblem(
        server.rest(ACME, "/channels?limit=" + limit), ErrorCode.BAD_REQUEST, "1 to 1000");
  }

  @Test
  void aChannelHasItsState() {
    JsonNode before = json(server.rest(ACME, "/channels/room:1"), 200);
    server.subscribe(ACME, "room:1");
    publish("room:1", "{'name':'e','data':1}");
    JsonNode after = json(server.rest(ACME, "/channels/room%3A1"), 200);

    assertThat(names(before)).containsExactly("channel", "occupied", "subscriptions", "position");
    assertThat(before.get("occupied")).isEqualTo(JsonNode.createBooleanNode(false));
    assertThat(number(get(before, "position"), "offset")).isZero();
    assertThat(text(after, "channel")).isEqualTo("room:1");
    assertThat(after.get("occupied")).isEqualTo(JsonNode.createBooleanNode(true));
    assertThat(number(after, "subscriptions")).isEqualTo(1);
    assertThat(number(get(after, "position"), "offset")).isEqualTo(1);
    assertThat(json(server.rest(OTHER, "/channels/room:1"), 200).get("occupied"))
        .isEqualTo(JsonNode.createBooleanNode(false));
  }

  @Test
  void aPresenceChannelCountsItsMembersAndACacheChannelShowsItsMessage() {
    server.enter(ACME, "presence-cache-x", "one", 1);
    server.enter(ACME, "presence-cache-x", "one", 2);
    server.enter(ACME, "presence-cache-x", "two", 3);
    assertThat(names(json(server.rest(ACME, "/channels/presence-cache-x"), 200)))
        .doesNotContain("latest");
    publish("presence-cache-x", "{'name':'e','data':{'a':null},'id':'i'}");

    JsonNode state = json(server.rest(ACME, "/channels/presence-cache-x"), 200);

    assertThat(number(state, "members")).isEqualTo(2);
    assertThat(number(state, "subscriptions")).isEqualTo(3);
    JsonNode latest = get(state, "latest");
    assertThat(text(latest, "id")).isEqualTo("i");
    assertThat(get(latest, "data")).isEqualTo(json("{\"a\":null}"));
    assertThat(number(latest, "offset")).isEqualTo(1);
    assertThat(number(latest, "timestamp")).isEqualTo(server.ticker.epochMillis());
  }

  @Test
  void membersAreListedWithWhatWasSignedAboutThem() {
    server
        .node
        .ports()
        .presence()
        .enter(
            ApiServer.channel(ACME, "presence-x"),
            new PresenceEntry("k1", new Member("ann", quoted("{'name':'Ann'}"))),
            new Hold(new ConnectionId(1), Duration.ZERO),
            100)
        .toCompletableFuture()
        .join();
    server.enter(ACME, "presence-x", "bob", 2);

    JsonNode answer = json(server.rest(ACME, "/channels/presence-x/members"), 200);

    assertThat(text(answer, "channel")).isEqualTo("presence-x");
    assertThat(number(answer, "version")).isPositive();
    assertThat(get(answer, "members"))
        .isEqualTo(
            get(json(quoted("{'m':[{'id':'ann','info':{'name':'Ann'}},{'id':'bob'}]}")), "m"));
    assertThat(list(json(server.rest(OTHER, "/channels/presence-x/members"), 200), "members"))
        .isEmpty();
  }

  @Test
  void onlyPresenceChannelsHaveMembers() {
    assertProblem(
        server.rest(ACME, "/channels/private-x/members"),
        ErrorCode.ATTRIBUTE_INVALID,
        "a presence channel");
  }

  @ParameterizedTest
  @CsvSource({"a%20b", "%23server-to-user-1", "presence-"})
  void aNameThatIsNotAllowedIsRefusedEverywhere(String name) {
    for (String rest : new String[] {"", "/members", "/messages"}) {
      assertProblem(server.rest(ACME, "/channels/" + name + rest), ErrorCode.CHANNEL_NAME_INVALID);
    }
  }

  private void publish(String channel, String body) {
    json(server.rest("POST", ACME, "/channels/" + channel + "/messages", quoted(body)), 201);
  }

  /** The path of the next page below /v1, or empty. */
  private static String next(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("link")
        .map(link -> link.substring(1, link.indexOf('>')))
        .map(link -> link.substring("/v1".length()))
        .orElse("");
  }
}
