package io.carillon.api.publish;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.number;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishToUsersTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"42, 42", "a%20b, a b", "%C3%A9, é", "a%2Fb, a/b", "messages, messages"})
  void aUserIsReachedOnTheirChannel(String coded, String user) {
    String body = "{'name':'e','data':'hi','id':'x'}";
    JsonNode answer = json(post("/users/" + coded + "/messages", body), 201);

    assertThat(text(answer, "channel")).isEqualTo("#server-to-user-" + user);
    assertThat(server.texts(ACME, "#server-to-user-" + user)).containsExactly("hi");
    assertThat(number(json(post("/users/" + coded + "/messages", body), 200), "offset"))
        .isEqualTo(1);
  }

  @Test
  void severalUsersHaveAResultEach() {
    String tooLong = "u".repeat(201);
    String body = "{'users':['1','" + tooLong + "','2'],'name':'e','data':{'a':1},'id':'x'}";

    List<JsonNode> results = list(json(post("/users/messages", body), 200), "results");
    List<JsonNode> again = list(json(post("/users/messages", body), 200), "results");

    assertThat(results).hasSize(3);
    assertThat(text(results.get(0), "channel")).isEqualTo("#server-to-user-1");
    assertProblem(get(results.get(1), "problem"), ErrorCode.BAD_REQUEST, "201");
    assertThat(text(results.get(2), "channel")).isEqualTo("#server-to-user-2");
    assertThat(again.get(2).get("duplicate")).isEqualTo(JsonNode.createBooleanNode(true));
    assertThat(server.texts(ACME, "#server-to-user-2")).containsExactly(quoted("{'a':1}"));
  }

  @Test
  void theIdOfAMessageForSeveralMayStandInTheHeader() {
    for (int i = 0; i < 2; i++) {
      server.send(
          server
              .restRequest(
                  "POST", ACME, "/users/messages", quoted("{'users':['1'],'name':'e','data':'d'}"))
              .header("Idempotency-Key", "k"));
    }

    assertThat(server.texts(ACME, "#server-to-user-1")).containsExactly("d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'e','data':1}                   | BAD_REQUEST | users: missing",
        "{'users':'1','name':'e','data':1}       | BAD_REQUEST | users: \"1\"",
        "{'users':[],'name':'e','data':1}        | BAD_REQUEST | 1 to 100",
        "{'users':[1],'name':'e','data':1}       | BAD_REQUEST | users[0]: 1",
        "{'users':['1'],'name':'e'}              | BAD_REQUEST | data: missing",
        "{'users':['1'],'channel':'c','name':'e','data':1} | BAD_REQUEST | channel",
      })
  void aShapeThatIsNotTheOneIsRefused(String body, ErrorCode code, String part) {
    assertProblem(post("/users/messages", body), code, part);
    assertThat(server.texts(ACME, "#server-to-user-1")).isEmpty();
  }

  @Test
  void aHundredAndOneUsersAreRefused() {
    String users = "'u',".repeat(100) + "'u'";

    assertProblem(
        post("/users/messages", "{'users':[" + users + "],'name':'e','data':1}"),
        ErrorCode.TOO_MANY_ITEMS,
        "101",
        "1 to 100");
  }

  @Test
  void anIdThatNobodyCanHaveIsRefused() {
    assertProblem(
        post("/users/" + "u".repeat(201) + "/messages", "{'name':'e','data':1}"),
        ErrorCode.BAD_REQUEST,
        "201");
  }

  private HttpResponse<String> post(String path, String body) {
    return server.rest("POST", ACME, path, quoted(body));
  }
}
