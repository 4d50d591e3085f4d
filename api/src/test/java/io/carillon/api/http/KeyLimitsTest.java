package io.carillon.api.http;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.core.model.Operation.PUBLISH;
import static io.carillon.core.model.Operation.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Operation;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a limited key may do at each door of HTTP, and what is done with the tokens it signs. */
class KeyLimitsTest {
  private static final String MESSAGE = quoted("{'name':'e','data':'d'}");

  private final ApiServer server = new ApiServer();

  @BeforeEach
  void limit() {
    limit(Map.of("chat-*", Set.of(PUBLISH), "open", Set.of(SUBSCRIBE)));
  }

  private void limit(Map<String, Set<Operation>> limit) {
    Map<ChannelPattern, Set<Operation>> rules = new LinkedHashMap<>();
    limit.forEach((pattern, operations) -> rules.put(new ChannelPattern(pattern), operations));
    server.directory.limit(ACME.app(), Capabilities.of(rules));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theKeyItselfDoesWhatItsLimitSays() {
    json(server.rest("POST", ACME, "/channels/chat-1/messages", MESSAGE), 201);
    json(server.rest(ACME, "/channels/open"), 200);

    assertProblem(
        server.rest("POST", ACME, "/channels/open/messages", MESSAGE),
        ErrorCode.CAPABILITY_DENIED,
        "publish to open (expected: publish in the limit of the key " + ACME.key(),
        "for \"open\"");
    assertProblem(server.rest(ACME, "/channels/chat-1"), ErrorCode.CAPABILITY_DENIED);
    assertProblem(server.rest(ACME, "/channels/chat-1/messages"), ErrorCode.CAPABILITY_DENIED);
    assertThat(server.texts(ACME, "open")).isEmpty();
  }

  @Test
  void aBatchIsRefusedForThoseChannelsAlone() {
    String batch =
        quoted(
            "{'messages':[{'channels':['chat-1'],'name':'e','data':1},"
                + "{'channel':'open','name':'e','data':1}]}");

    JsonNode answer = json(server.rest("POST", ACME, "/messages", batch), 200);

    assertProblem(get(list(answer, "results").getLast(), "problem"), ErrorCode.CAPABILITY_DENIED);
    assertThat(server.published(ACME, "chat-1")).hasSize(1);
  }

  @Test
  void messagesAreChangedByKeysThatMayChangeThem() {
    String update = quoted("{'op':'update','ref':'m','data':'x'}");
    server.rest(
        "POST", ACME, "/channels/chat-1/messages", quoted("{'name':'e','data':1,'id':'m'}"));

    assertProblem(
        server.rest("POST", ACME, "/channels/chat-1/messages", update),
        ErrorCode.CAPABILITY_DENIED,
        "change a message of chat-1");

    limit(Map.of("chat-*", Set.of(PUBLISH, Operation.MESSAGE_UPDATE_ANY)));
    assertThat(server.rest("POST", ACME, "/channels/chat-1/messages", update).statusCode())
        .isBetween(200, 201);
  }

  @Test
  void usersAreReachedByTheLimitOfEveryChannel() {
    assertProblem(
        server.rest("POST", ACME, "/users/anna/messages", MESSAGE), ErrorCode.CAPABILITY_DENIED);

    limit(Map.of("*", Set.of(PUBLISH)));
    json(server.rest("POST", ACME, "/users/anna/messages", MESSAGE), 201);
  }

  @Test
  void whatIsAboutTheWholeAppIsForUnlimitedKeys() {
    limit(Map.of("*", Set.of(Operation.values())));
    List<HttpResponse<String>> refused =
        List.of(
            server.rest(ACME, "/rules"),
            server.rest("PUT", ACME, "/rules/chat-*", quoted("{'publish':'server'}")),
            server.rest("DELETE", ACME, "/rules/chat-*", ""),
            server.rest("POST", ACME, "/tokens/revoke", quoted("{'clientId':'anna'}")),
            server.rest("POST", ACME, "/users/anna/disconnect", ""));

    for (HttpResponse<String> answer : refused) {
      assertProblem(answer, ErrorCode.CAPABILITY_DENIED, "by the limited key " + ACME.key());
    }
    assertThat(server.post(ACME, "/users/anna/terminate_connections", "").statusCode())
        .isEqualTo(403);
  }

  @Test
  void aListShowsWhatTheKeyIsFor() {
    server.subscribe(ACME, "open");
    server.subscribe(ACME, "secret-plans");

    assertThat(server.rest(ACME, "/channels").body()).contains("open").doesNotContain("secret");
    assertThat(server.get(ACME, "/channels", Map.of()).body())
        .contains("open")
        .doesNotContain("secret");
  }

  @Test
  void aTokenAllowsNoMoreThanItsKey() {
    String token =
        text(
            json(
                server.rest(
                    "POST",
                    ACME,
                    "/tokens",
                    quoted("{'capabilities':{'*':['publish','subscribe','history']}}")),
                201),
            "token");

    json(server.bearer("POST", token, "/channels/chat-1/messages", MESSAGE), 201);
    assertProblem(
        server.bearer("POST", token, "/channels/open/messages", MESSAGE),
        ErrorCode.CAPABILITY_DENIED,
        "in the limit of the key " + ACME.key());

    limit(Map.of("open", Set.of(PUBLISH)));
    json(server.bearer("POST", token, "/channels/open/messages", MESSAGE), 201);
    assertProblem(
        server.bearer("POST", token, "/channels/chat-1/messages", MESSAGE),
        ErrorCode.CAPABILITY_DENIED);
  }

  @Test
  void pushersApiGoesByTheLimitToo() {
    String event = quoted("{'name':'e','data':'d','channels':['%s']}");
    server.subscribe(ACME, "open");

    assertThat(server.post(ACME, "/events", event.formatted("chat-1")).statusCode()).isEqualTo(200);
    assertThat(server.post(ACME, "/events", event.formatted("open")).statusCode()).isEqualTo(403);
    assertThat(
            server
                .post(
                    ACME,
                    "/batch_events",
                    quoted("{'batch':[{'channel':'open','name':'e','data':'d'}]}"))
                .statusCode())
        .isEqualTo(403);
    assertThat(server.get(ACME, "/channels/open", Map.of()).statusCode()).isEqualTo(200);
    assertThat(server.get(ACME, "/channels/chat-1", Map.of()).statusCode()).isEqualTo(403);
    assertThat(server.get(ACME, "/channels/presence-a/users", Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(server.texts(ACME, "open")).isEmpty();
  }

  @Test
  void theLimitIsNamedWhenItDecides() {
    String question = quoted("{'operation':'publish','channel':'%s'}");

    JsonNode denied =
        json(server.rest("POST", ACME, "/permissions/explain", question.formatted("open")), 200);
    assertThat(text(get(denied, "decidedBy"), "type")).isEqualTo("key-limit");
    assertThat(text(get(denied, "decidedBy"), "name")).isEqualTo(ACME.key());
    assertThat(list(get(denied, "decidedBy"), "lacking"))
        .extracting(JsonNode::getStringValue)
        .containsExactly("open");

    JsonNode ofToken =
        json(
            server.rest(
                "POST",
                ACME,
                "/permissions/explain",
                quoted(
                    "{'capabilities':{'*':['history']},'operation':'history','channel':'open'}")),
            200);
    assertThat(text(get(ofToken, "decidedBy"), "type")).isEqualTo("key-limit");
    JsonNode allowed =
        json(server.rest("POST", ACME, "/permissions/explain", question.formatted("chat-1")), 200);
    assertThat(text(get(allowed, "decidedBy"), "type")).isEqualTo("key-secret");
  }
}
