package io.carillon.api.publish;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.names;
import static io.carillon.api.Answers.number;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.api.FailingLog;
import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Position;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aThousandMessagesHaveAResultEach() {
    String items =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    i % 10 == 3
                        ? "{'channel':'a b','name':'e','data':1}"
                        : "{'channel':'c" + i % 7 + "','name':'e','data':'" + i + "'}")
            .collect(Collectors.joining(","));

    List<JsonNode> results = list(json(batch(items), 200), "results");

    assertThat(results).hasSize(1_000);
    long[] offsets = new long[7];
    for (int i = 0; i < 1_000; i++) {
      JsonNode result = results.get(i);
      if (i % 10 == 3) {
        assertThat(names(result)).containsExactly("problem");
        assertProblem(get(result, "problem"), ErrorCode.CHANNEL_NAME_INVALID, "a b");
      } else {
        assertThat(text(result, "channel")).isEqualTo("c" + i % 7);
        assertThat(number(result, "offset")).isEqualTo(++offsets[i % 7]);
      }
    }
  }

  @Test
  void oneMoreIsRefusedAsAWhole() {
    String item = "{'channel':'c','name':'e','data':1}";
    String items = (item + ",").repeat(1_000) + item;

    assertProblem(batch(items), ErrorCode.TOO_MANY_ITEMS, "1001", "1 to 1000");
    assertThat(server.texts(ACME, "c")).isEmpty();
  }

  @Test
  void everyChannelOfAMessageCounts() {
    String channels =
        IntStream.range(0, 100).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(","));
    String item = "{'channels':[" + channels + "],'name':'e','data':1}";

    assertThat(list(json(batch((item + ",").repeat(9) + item), 200), "results")).hasSize(10);
    assertProblem(batch((item + ",").repeat(10) + item), ErrorCode.TOO_MANY_ITEMS, "1100");
  }

  @Test
  void aMessageForSeveralChannelsHasAResultForEach() {
    JsonNode answer =
        json(
            batch(
                "{'channels':['a','b','a'],'name':'e','data':'x','id':'1'},"
                    + "{'channels':['a'],'name':'e','data':'y'}"),
            200);

    List<JsonNode> several = list(list(answer, "results").get(0), "results");
    assertThat(several).extracting(it -> text(it, "channel")).containsExactly("a", "b");
    assertThat(list(list(answer, "results").get(1), "results"))
        .extracting(it -> number(it, "offset"))
        .containsExactly(2L);
    assertThat(server.texts(ACME, "a")).containsExactly("x", "y");
    assertThat(server.texts(ACME, "b")).containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7                                                      | BAD_REQUEST | an object",
        "{'name':'e','data':1}                                  | BAD_REQUEST | channel: missing",
        "{'channel':'a','channels':['b'],'name':'e','data':1}   | BAD_REQUEST | both",
        "{'channels':[],'name':'e','data':1}                    | BAD_REQUEST | 1 to 100",
        "{'channels':[1],'name':'e','data':1}                   | BAD_REQUEST | channels[0]",
        "{'channels':['private-encrypted-a','b'],'name':'e','data':1} | BAD_REQUEST | alone",
        "{'channel':'a','name':'e','data':1,'extra':1}          | BAD_REQUEST | extra",
        "{'channel':'a','name':'e'}                             | BAD_REQUEST | data: missing",
        "{'channel':'#server-to-user-1','name':'e','data':1}    | CHANNEL_NAME_INVALID | no #",
        "{'channel':'#x','name':'e','data':1}                   | CHANNEL_NAME_INVALID | #x",
        "{'channel':'a','name':'pusher:x','data':1}             | EVENT_NAME_INVALID | reserved",
      })
  void aMessageThatIsRefusedDoesNotStopTheOthers(String item, ErrorCode code, String part) {
    String good = "{'channel':'good','name':'e','data':'1'}";

    List<JsonNode> results = list(json(batch(good + "," + item + "," + good), 200), "results");

    assertThat(number(results.get(0), "offset")).isEqualTo(1);
    assertProblem(get(results.get(1), "problem"), code, part);
    assertThat(number(results.get(2), "offset")).isEqualTo(2);
  }

  @Test
  void idsHoldInABatchAsWell() {
    String items =
        "{'channel':'c','name':'e','data':'1','id':'a'},"
            + "{'channel':'c','name':'e','data':'2','id':'b'}";
    List<JsonNode> first = list(json(batch(items), 200), "results");

    List<JsonNode> again = list(json(batch(items), 200), "results");

    for (int i = 0; i < 2; i++) {
      assertThat(number(again.get(i), "offset")).isEqualTo(number(first.get(i), "offset"));
      assertThat(again.get(i).get("duplicate")).isEqualTo(JsonNode.createBooleanNode(true));
    }
    assertThat(server.texts(ACME, "c")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                       | messages: missing",
        "{'messages':{}}          | messages: an object",
        "{'messages':[]}          | 1 to 1000",
        "{'messages':[],'more':1} | more",
      })
  void aBatchThatIsNoneIsRefused(String body, String part) {
    assertProblem(
        server.rest("POST", ACME, "/messages", quoted(body)), ErrorCode.BAD_REQUEST, part);
  }

  @Test
  void anIdForTheWholeBatchIsRefused() {
    String body = quoted("{'messages':[{'channel':'c','name':'e','data':1}]}");

    assertProblem(
        server.send(
            server.restRequest("POST", ACME, "/messages", body).header("Idempotency-Key", "x")),
        ErrorCode.BAD_REQUEST,
        "an id in each message");
  }

  @Test
  void anEngineThatFailsInBetweenIsSaidOfThoseMessages() {
    AtomicInteger calls = new AtomicInteger();
    try (ApiServer broken =
        new ApiServer(
            FailingLog.on(
                "append",
                () ->
                    switch (calls.getAndIncrement()) {
                      case 0 ->
                          CompletableFuture.completedFuture(
                              new AppendOutcome.Appended(new Position(1, 1), 1));
                      case 1 -> CompletableFuture.failedFuture(new IOException("no route"));
                      case 2 -> new CompletableFuture<>();
                      default ->
                          CompletableFuture.completedFuture(
                              new AppendOutcome.Appended(new Position(1, 2), 1));
                    }),
            Map.of())) {
      String items =
          List.of("a", "a", "silent", "a").stream()
              .map(channel -> "{'channel':'" + channel + "','name':'e','data':1}")
              .collect(Collectors.joining(","));

      List<JsonNode> results = list(json(batch(broken, items), 200), "results");

      assertThat(number(results.get(0), "offset")).isEqualTo(1);
      assertProblem(get(results.get(1), "problem"), ErrorCode.UNAVAILABLE);
      assertProblem(get(results.get(2), "problem"), ErrorCode.UNAVAILABLE);
      assertThat(number(results.get(3), "offset")).isEqualTo(2);
    }
  }

  private HttpResponse<String> batch(String items) {
    return batch(server, items);
  }

  private static HttpResponse<String> batch(ApiServer server, String items) {
    return server.rest("POST", ACME, "/messages", quoted("{'messages':[" + items + "]}"));
  }
}
