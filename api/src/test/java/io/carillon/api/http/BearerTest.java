package io.carillon.api.http;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Message.Origin;
import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client may do over REST with its token: what its capabilities say, and nothing else. */
class BearerTest {
  private static final String MESSAGE = quoted("{'name':'e','data':'d'}");

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String token(String capabilities) {
    String body = quoted("{'clientId':'anna','ttl':60,'capabilities':" + capabilities + "}");
    return text(json(server.rest("POST", ACME, "/tokens", body), 201), "token");
  }

  @Test
  void aClientPublishesAndReadsWhereItsCapabilitiesSaySo() {
    String token =
        token("{'chat:*':['publish','history'],'presence-*':['subscribe'],'open':['subscribe']}");
    server.enter(ACME, "presence-room", "bert", 1);

    json(server.bearer("POST", token, "/channels/chat:1/messages", MESSAGE), 201);

    assertThat(server.published(ACME, "chat:1").getFirst().message().origin())
        .isEqualTo(new Origin.Client(null, "anna"));
    JsonNode past = json(server.bearer("GET", token, "/channels/chat:1/messages", ""), 200);
    assertThat(text(list(past, "messages").getFirst(), "user")).isEqualTo("anna");
    assertThat(
            list(
                json(server.bearer("GET", token, "/channels/presence-room/members", ""), 200),
                "members"))
        .hasSize(1);
    json(server.bearer("GET", token, "/channels/open", ""), 200);
  }

  @Test
  void whatItsCapabilitiesDoNotSayIsRefusedOnThatActionAlone() {
    String token = token("{'chat:*':['publish']}");

    for (String path :
        List.of("/channels/chat:1/messages", "/channels/chat:1", "/channels/presence-a/members")) {
      assertProblem(server.bearer("GET", token, path, ""), ErrorCode.CAPABILITY_DENIED);
    }
    assertProblem(
        server.bearer("POST", token, "/channels/other/messages", MESSAGE),
        ErrorCode.CAPABILITY_DENIED,
        "publish to other");
    JsonNode batch =
        json(
            server.bearer(
                "POST",
                token,
                "/messages",
                quoted(
                    "{'messages':[{'channel':'chat:1','name':'e','data':1},"
                        + "{'channel':'other','name':'e','data':1}]}")),
            200);
    assertThat(text(list(batch, "results").getFirst(), "channel")).isEqualTo("chat:1");
    assertProblem(get(list(batch, "results").getLast(), "problem"), ErrorCode.CAPABILITY_DENIED);
    assertThat(server.texts(ACME, "other")).isEmpty();
  }

  @Test
  void whatIsForBackendsIsRefusedToAnyToken() {
    String token = token("{'*':['publish','subscribe','history','presence']}");

    for (String path :
        List.of("/users/bert/messages", "/users/messages", "/users/bert/disconnect")) {
      assertProblem(
          server.bearer("POST", token, path, MESSAGE), ErrorCode.CAPABILITY_DENIED, "Basic");
    }
    assertProblem(server.bearer("GET", token, "/channels", ""), ErrorCode.CAPABILITY_DENIED);
  }

  @Test
  void aTokenThatCountsForNothingIs401() {
    String token = token("{'chat:*':['publish']}");
    String path = "/channels/chat:1/messages";
    assertProblem(server.bearer("POST", token + "x", path, MESSAGE), ErrorCode.TOKEN_INVALID);

    json(server.rest("POST", ACME, "/tokens/revoke", quoted("{'clientId':'anna'}")), 200);
    assertProblem(server.bearer("POST", token, path, MESSAGE), ErrorCode.TOKEN_REVOKED);

    server.ticker.advance(Duration.ofMinutes(2));
    assertProblem(server.bearer("POST", token, path, MESSAGE), ErrorCode.TOKEN_EXPIRED);
    assertThat(server.bearer("POST", token, path, MESSAGE).headers().allValues("www-authenticate"))
        .anyMatch(challenge -> challenge.startsWith("Bearer"));
  }
}
