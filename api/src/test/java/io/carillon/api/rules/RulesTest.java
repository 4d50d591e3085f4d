package io.carillon.api.rules;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.names;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final String FULL =
      quoted(
          "{'messageBytes':100,'clientEvents':true,'hot':{'messages':10,'seconds':60},"
              + "'historyDays':7,'publish':'tokens','subscribe':'clients','presence':'server',"
              + "'events':['said'],'schema':{'type':'object','required':['text']},"
              + "'slow':'latest-per-key'}");

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> put(String pattern, String body) {
    return server.rest("PUT", ACME, "/rules/" + pattern, quoted(body));
  }

  @Test
  void aRuleIsMadeReadReplacedAndRemoved() {
    JsonNode made = json(put("chat:*", FULL), 201);

    assertThat(text(made, "pattern")).isEqualTo("chat:*");
    assertThat(made).isEqualTo(json(server.rest(ACME, "/rules/chat:*"), 200));
    assertThat(names(made)).hasSize(11);
    assertThat(text(made, "slow")).isEqualTo("latest-per-key");
    assertThat(text(get(made, "schema"), "type")).isEqualTo("object");
    JsonNode replaced = json(put("chat%3A%2A", "{}"), 200);
    assertThat(names(replaced)).containsExactly("pattern");
    assertThat(list(json(server.rest(ACME, "/rules"), 200), "rules")).containsExactly(replaced);

    json(server.rest("DELETE", ACME, "/rules/chat:*", ""), 200);

    assertProblem(server.rest(ACME, "/rules/chat:*"), ErrorCode.RULE_UNKNOWN, "chat:*");
    assertProblem(server.rest("DELETE", ACME, "/rules/chat:*", ""), ErrorCode.RULE_UNKNOWN);
    assertThat(list(json(server.rest(ACME, "/rules"), 200), "rules")).isEmpty();
  }

  @Test
  void theMostSpecificRuleMatches() {
    put("*", "{}");
    put("chat:*", "{}");
    put("chat:lobby", "{}");

    JsonNode lobby = json(server.rest(ACME, "/rules/match?channel=chat:lobby"), 200);
    JsonNode typing = json(server.rest(ACME, "/rules/match?channel=chat:1:typing"), 200);

    assertThat(text(get(lobby, "rule"), "pattern")).isEqualTo("chat:lobby");
    assertThat(list(lobby, "hidden")).hasSize(2);
    assertThat(text(get(typing, "rule"), "pattern")).isEqualTo("chat:*");
    assertThat(json(server.rest(OTHER, "/rules/match?channel=chat:1"), 200).get("rule")).isNull();
    assertProblem(server.rest(ACME, "/rules/match"), ErrorCode.CHANNEL_NAME_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'messageBytes':0} | messageBytes: 0 (expected: 1 to",
        "{'messageBytes':'1'} | messageBytes",
        "{'clientEvents':1} | clientEvents",
        "{'hot':{'messages':1}} | seconds",
        "{'hot':{'messages':-1,'seconds':1}} | messages: -1",
        "{'historyDays':366} | historyDays: 366",
        "{'publish':'all'} | publish: \"all\" (expected: clients, tokens or server)",
        "{'slow':'never'} | slow: \"never\" (expected: disconnect, drop-oldest or latest-per-key)",
        "{'events':[]} | events",
        "{'events':['']} | events",
        "{'schema':5} | schema",
        "{'schema':{'type':'strin'}} | schema: /type",
        "{'unknown':5} | unknown",
      })
  void whatIsWrongIsNamedAtItsField(String body, String part) {
    assertProblem(put("chat:*", body), ErrorCode.BAD_REQUEST, part);
    assertThat(list(json(server.rest(ACME, "/rules"), 200), "rules")).isEmpty();
  }

  @Test
  void aPatternThatIsNoneIsRefused() {
    assertProblem(put("a%20b", "{}"), ErrorCode.BAD_REQUEST, "a b");
  }

  @Test
  void whatTheRuleSaysHoldsAtTheNextMessage() {
    put("chat:*", "{'events':['said'],'messageBytes':30,'schema':{'required':['text']}}");

    assertPublish("{'name':'said','data':{'text':'hi'}}", null);
    assertPublish("{'name':'other','data':{'text':'hi'}}", ErrorCode.EVENT_NOT_ALLOWED);
    assertPublish("{'name':'said','data':{'tex':'hi'}}", ErrorCode.PAYLOAD_INVALID);
    assertPublish(
        "{'name':'said','data':{'text':'" + "x".repeat(30) + "'}}", ErrorCode.MESSAGE_TOO_LARGE);

    HttpResponse<String> pusher =
        server.post(ACME, "/events", quoted("{'name':'other','channel':'chat:1','data':'{}'}"));
    assertThat(pusher.statusCode()).isEqualTo(403);
    assertThat(pusher.body()).contains("chat:*");
    HttpResponse<String> badData =
        server.post(ACME, "/events", quoted("{'name':'said','channel':'chat:1','data':'{}'}"));
    assertThat(badData.statusCode()).isEqualTo(422);
    assertThat(badData.body()).contains("text");
    assertThat(server.texts(ACME, "chat:1")).hasSize(1);
  }

  private void assertPublish(String body, @org.jspecify.annotations.Nullable ErrorCode refused) {
    HttpResponse<String> response =
        server.rest("POST", ACME, "/channels/chat:1/messages", quoted(body));
    if (refused == null) {
      assertThat(response.statusCode()).isEqualTo(201);
    } else {
      assertProblem(response, refused);
    }
  }

  @Test
  void aClientTokenChangesNoRules() {
    JsonNode issued =
        json(
            server.rest("POST", ACME, "/tokens", quoted("{'capabilities':{'*':['publish']}}")),
            201);
    for (Map.Entry<String, String> call :
        Map.of("/rules", "GET", "/rules/a", "PUT", "/tokens", "POST").entrySet()) {
      assertProblem(
          server.bearer(call.getValue(), text(issued, "token"), call.getKey(), "{}"),
          ErrorCode.CAPABILITY_DENIED,
          "Basic");
    }
  }
}
