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

/** Clauses 12.1 and 12.6, for backends: messages are changed, and read as they are then. */
class OperationsTest {
  private static final String PATH = "/channels/room/messages";

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> publish(String body) {
    return server.rest("POST", ACME, PATH, quoted(body));
  }

  private List<JsonNode> past() {
    return list(json(server.rest(ACME, PATH), 200), "messages");
  }

  @Test
  void aMessageIsAppendedToUpdatedAndDeleted() {
    json(publish("{'id':'m','name':'answer','data':'Hel','extras':{'model':'x'}}"), 201);
    JsonNode appended = json(publish("{'op':'append','ref':'m','data':'lo'}"), 201);
    assertThat(number(appended, "offset")).isEqualTo(2);

    JsonNode message = past().getFirst();
    assertThat(past()).hasSize(1);
    assertThat(text(message, "data")).isEqualTo("Hello");
    assertThat(text(message, "name")).isEqualTo("answer");
    assertThat(number(message, "offset")).isEqualTo(1);
    assertThat(number(get(message, "edited"), "offset")).isEqualTo(2);
    assertThat(text(get(message, "extras"), "model")).isEqualTo("x");
    assertThat(message.get("deleted")).isNull();

    json(publish("{'op':'update','ref':'m','data':{'a':1}}"), 201);
    assertThat(number(get(past().getFirst(), "data"), "a")).isEqualTo(1);
    json(publish("{'op':'delete','ref':'m','id':'d'}"), 201);
    assertThat(past().getFirst().get("data")).isNull();
    assertThat(get(past().getFirst(), "deleted").getBooleanValue()).isTrue();
    json(publish("{'op':'delete','ref':'m','id':'d'}"), 200);
  }

  @Test
  void appendsOfABatchAreMerged() {
    JsonNode results =
        json(
            server.rest(
                "POST",
                ACME,
                "/messages",
                quoted(
                    "{'messages':["
                        + "{'channel':'room','id':'m','name':'e','data':'0'},"
                        + "{'channel':'room','op':'append','ref':'m','data':'1'},"
                        + "{'channel':'room','op':'append','ref':'m','data':'2'},"
                        + "{'channel':'room','op':'append','ref':'m','data':'3'},"
                        + "{'channel':'room','name':'e','data':'after'}]}")),
            200);

    assertThat(list(results, "results"))
        .extracting(result -> number(result, "offset"))
        .containsExactly(1L, 2L, 3L, 3L, 4L);
    assertThat(past()).extracting(it -> text(it, "data")).containsExactly("after", "0123");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'op':'merge','ref':'m','data':'x'} | BAD_REQUEST",
        "{'op':'append','data':'x'} | BAD_REQUEST",
        "{'ref':'m','name':'e','data':'x'} | BAD_REQUEST",
        "{'op':'append','ref':'m'} | BAD_REQUEST",
        "{'op':'delete','ref':'m','data':'x'} | BAD_REQUEST",
        "{'name':'e','data':'x','extras':[]} | BAD_REQUEST",
        "{'op':'append','ref':'none','data':'x'} | TARGET_UNKNOWN",
        "{'op':'append','ref':'m','data':1} | OPERATION_INVALID",
      })
  void whatCannotBeDoneIsRefused(String body, ErrorCode code) {
    json(publish("{'id':'m','name':'e','data':'0'}"), 201);

    assertProblem(publish(body), code, "expected");
    assertThat(past()).extracting(it -> text(it, "data")).containsExactly("0");
  }
}
