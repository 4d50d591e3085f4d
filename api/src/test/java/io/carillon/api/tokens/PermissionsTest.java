package io.carillon.api.tokens;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answer is the decision of the door itself, and names the one thing that decided. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionsTest {
  private static final String PATH = "/permissions/explain";

  private final ApiServer server = new ApiServer();

  @BeforeAll
  void rule() {
    server.rest("PUT", ACME, "/rules/news:*", quoted("{'publish':'server'}"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode explain(String body) {
    return json(server.rest("POST", ACME, PATH, quoted(body)), 200);
  }

  private String token(String capabilities) {
    String body = quoted("{'clientId':'anna','capabilities':" + capabilities + "}");
    return text(json(server.rest("POST", ACME, "/tokens", body), 201), "token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'capabilities':{'chat:*':['publish']} | publish | chat:1 | true | capability | chat:*",
        "'capabilities':{'chat:*':['subscribe']} | publish | chat:1 | false | no-capability |",
        "'capabilities':{'*':['publish']} | publish | news:1 | false | channel-rule | news:*",
        "'clientId':'anna' | subscribe | #server-to-user-anna | true | own-channel |",
        "'key':'278d425bdf160c739803' | subscribe | open | true | open-channel |",
        "'key':'278d425bdf160c739803' | publish | open | false | key-alone |",
        "'key':'278d425bdf160c739803' | client-event | open | false | channel-kind |",
        "'key':'278d425bdf160c739803' | client-event | private-a | true | open-channel |",
        " | publish | news:1 | true | key-secret |",
        "'token':'rubbish' | publish | news:1 | false | token |",
      })
  void theOneThingThatDecidesIsNamed(
      String who, String operation, String channel, boolean allowed, String type, String pattern) {
    JsonNode decision =
        explain(
            "{"
                + (who == null ? "" : who + ",")
                + "'operation':'"
                + operation
                + "','channel':'"
                + channel
                + "'}");

    assertThat(get(decision, "allowed").getBooleanValue()).isEqualTo(allowed);
    assertThat(text(get(decision, "decidedBy"), "type")).isEqualTo(type);
    if (pattern != null) {
      assertThat(text(get(decision, "decidedBy"), "pattern")).isEqualTo(pattern);
    }
    assertThat(decision.get("problem") == null).isEqualTo(allowed);
  }

  @Test
  void theProblemIsWordForWordTheDoors() {
    String token = token("{'*':['publish']}");
    HttpResponse<String> refused =
        server.bearer("POST", token, "/channels/news:1/messages", quoted("{'name':'e','data':1}"));

    JsonNode decision =
        explain("{'token':'" + token + "','operation':'publish','channel':'news:1'}");

    assertProblem(refused, ErrorCode.RULE_DENIED, "news:*");
    assertThat(get(decision, "problem")).isEqualTo(json(refused.body()));
  }

  @Test
  void aClientMayAskAboutItselfOnly() {
    String token = token("{'chat:*':['publish']}");

    JsonNode own =
        json(
            server.bearer(
                "POST", token, PATH, quoted("{'operation':'history','channel':'chat:1'}")),
            200);

    assertThat(text(get(own, "decidedBy"), "type")).isEqualTo("no-capability");
    assertProblem(
        server.bearer(
            "POST",
            token,
            PATH,
            quoted("{'operation':'history','channel':'chat:1','clientId':'bert'}")),
        ErrorCode.BAD_REQUEST);
  }

  @Test
  void anotherApplicationsTokenIsNotExplained() {
    String token = token("{}");
    String body = quoted("{'token':'" + token + "','operation':'publish','channel':'a'}");

    assertProblem(
        server.rest("POST", OTHER, PATH, body), ErrorCode.BAD_REQUEST, "another application's");
  }

  @Test
  void aQuestionThatIsNoneIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{'operation':'fly','channel':'a'}",
            "{'operation':'publish'}",
            "{'operation':'publish','channel':'a','token':'x','key':'y'}")) {
      assertProblem(server.rest("POST", ACME, PATH, quoted(body)), ErrorCode.BAD_REQUEST);
    }
  }
}
