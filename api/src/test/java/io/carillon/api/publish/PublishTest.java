package io.carillon.api.publish;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.names;
import static io.carillon.api.Answers.number;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Message;
import io.carillon.core.model.Payload;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMessageIsAnsweredWithItsPosition() {
    JsonNode first = json(publish("my-channel", "{'name':'greeting','data':'hello'}"), 201);
    JsonNode second = json(publish("my-channel", "{'name':'greeting','data':'again'}"), 201);

    assertThat(names(first)).containsExactly("channel", "epoch", "offset", "duplicate");
    assertThat(text(first, "channel")).isEqualTo("my-channel");
    assertThat(number(first, "offset")).isEqualTo(1);
    assertThat(number(second, "offset")).isEqualTo(2);
    assertThat(number(second, "epoch")).isEqualTo(number(first, "epoch"));
    assertThat(message("my-channel"))
        .isEqualTo(
            new Message(
                null, "greeting", Payload.text("hello"), Message.Origin.Backend.TO_EVERYONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'text':'hello','list':[1,2.50,true,null],'é':{}}",
        "[]",
        "0",
        "12345678901234567890.1234567890",
        "1E+400",
        "true",
        "null"
      })
  void dataIsAnyJson(String data) {
    json(publish("c", "{'name':'e','data':" + data + "}"), 201);

    assertThat(message("c").payload()).isEqualTo(Payload.json(utf8(quoted(data))));
  }

  @Test
  void aTraceIsAskedForInTheMessage() {
    json(publish("c", "{'name':'e','data':1,'trace':true}"), 201);
    assertThat(message("c").isTraced()).isTrue();
    json(publish("d", "{'name':'e','data':1,'trace':false}"), 201);
    assertThat(message("d").isTraced()).isFalse();
    assertProblem(
        publish("d", "{'name':'e','data':1,'trace':1}"),
        ErrorCode.BAD_REQUEST,
        "trace: 1 (expected: true or false)");
  }

  @Test
  void aStringStaysTheTextThatItIs() {
    json(publish("c", "{'name':'e','data':'{\\'a\\': 1}'}"), 201);

    assertThat(message("c").payload()).isEqualTo(Payload.text(quoted("{'a': 1}")));
  }

  @Test
  void bytesTravelAsBase64() {
    json(publish("c", "{'name':'e','data':'AP8Q','encoding':'base64'}"), 201);

    assertThat(message("c").payload()).isEqualTo(Payload.binary(new byte[] {0, (byte) 0xff, 0x10}));
  }

  @ParameterizedTest
  @CsvSource({"a%3Ab:c, a:b:c", "room:1, room:1", "a%40b, a@b", "cache-x, cache-x"})
  void aNameMayHaveSegmentsAndBeCoded(String coded, String name) {
    assertThat(text(json(publish(coded, "{'name':'e','data':1}"), 201), "channel")).isEqualTo(name);
    assertThat(server.texts(ACME, name)).containsExactly("1");
  }

  @Test
  void publishingAgainWithTheSameIdDeliversNothingTwice() {
    String body = "{'name':'e','data':'d','id':'one'}";
    JsonNode first = json(publish("c", body), 201);
    publish("c", "{'name':'e','data':'between'}");

    JsonNode again = json(publish("c", body), 200);

    assertThat(text(first, "id")).isEqualTo("one");
    assertThat(number(again, "offset")).isEqualTo(number(first, "offset"));
    assertThat(number(again, "epoch")).isEqualTo(number(first, "epoch"));
    assertThat(again.get("duplicate")).isEqualTo(JsonNode.createBooleanNode(true));
    assertThat(first.get("duplicate")).isEqualTo(JsonNode.createBooleanNode(false));
    assertThat(server.texts(ACME, "c")).containsExactly("d", "between");
  }

  @Test
  void theIdMayStandInTheHeader() {
    String body = quoted("{'name':'e','data':'d'}");
    for (String header : List.of("key-1", "\"key-1\"")) {
      HttpResponse<String> response =
          server.send(
              server
                  .restRequest("POST", ACME, "/channels/c/messages", body)
                  .header("Idempotency-Key", header));
      assertThat(text(json(response, header.equals("key-1") ? 201 : 200), "id")).isEqualTo("key-1");
    }
    json(publish("c", "{'name':'e','data':'d','id':'key-1'}"), 200);

    assertThat(server.texts(ACME, "c")).containsExactly("d");
  }

  @Test
  void twoIdsAreRefused() {
    HttpResponse<String> response =
        server.send(
            server
                .restRequest(
                    "POST", ACME, "/channels/c/messages", quoted("{'name':'e','data':1,'id':'a'}"))
                .header("Idempotency-Key", "a"));

    assertProblem(response, ErrorCode.BAD_REQUEST, "Idempotency-Key");
    assertThat(server.texts(ACME, "c")).isEmpty();
  }

  @Test
  void applicationsAreApart() {
    json(publish("c", "{'name':'e','data':'mine','id':'x'}"), 201);
    json(
        server.rest(
            "POST", OTHER, "/channels/c/messages", quoted("{'name':'e','data':'theirs','id':'x'}")),
        201);

    assertThat(server.texts(ACME, "c")).containsExactly("mine");
    assertThat(server.texts(OTHER, "c")).containsExactly("theirs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                        | one JSON object",
        "{'name':'e','data':1,'name':'f'}          | one JSON object",
        "{'data':1}                                | name: missing",
        "{'name':1,'data':1}                       | name: 1",
        "{'name':'e'}                              | data: missing",
        "{'name':'e','data':1,'socket_id':'1.1'}   | socket_id",
        "{'name':'e','data':1,'channel':'c'}       | name, data, id, encoding",
        "{'name':'e','data':1,'id':''}             | id: \"\"",
        "{'name':'e','data':1,'id':7}              | id: 7",
        "{'name':'e','data':'x','encoding':'hex'}  | encoding: \"hex\"",
        "{'name':'e','data':'#','encoding':'base64'} | data: \"#\"",
        "{'name':'e','data':1,'encoding':'base64'} | a string of base64",
      })
  void aShapeThatIsNotTheOneIsRefused(String body, String part) {
    assertProblem(publish("c", body), ErrorCode.BAD_REQUEST, part, "expected");
    assertThat(server.texts(ACME, "c")).isEmpty();
  }

  @Test
  void anIdHasABound() {
    String longest = "x".repeat(128);

    json(publish("c", "{'name':'e','data':1,'id':'" + longest + "'}"), 201);
    assertProblem(
        publish("c", "{'name':'e','data':1,'id':'" + longest + "x'}"),
        ErrorCode.BAD_REQUEST,
        "1 to 128");
  }

  @ParameterizedTest
  @CsvSource({
    "a%20b, CHANNEL_NAME_INVALID",
    "a%2Fb, CHANNEL_NAME_INVALID",
    "%23server-to-user-1, CHANNEL_NAME_INVALID",
    "%23internal, CHANNEL_NAME_INVALID",
    "private-, CHANNEL_NAME_INVALID",
  })
  void aNameThatIsNotAllowedIsRefused(String name, ErrorCode code) {
    assertProblem(publish(name, "{'name':'e','data':1}"), code, "expected");
  }

  @Test
  void theRulesOfTheChannelHold() {
    assertProblem(
        publish("c", "{'name':'pusher:x','data':1}"), ErrorCode.EVENT_NAME_INVALID, "pusher:x");
    assertProblem(publish("c", "{'name':'','data':1}"), ErrorCode.EVENT_NAME_INVALID);
    assertProblem(
        publish("c", "{'name':'e','data':'" + "x".repeat(10_241) + "'}"),
        ErrorCode.MESSAGE_TOO_LARGE,
        "10240");
  }

  private HttpResponse<String> publish(String channel, String body) {
    return server.rest("POST", ACME, "/channels/" + channel + "/messages", quoted(body));
  }

  private Message message(String channel) {
    return server.published(ACME, channel).getFirst().message();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
