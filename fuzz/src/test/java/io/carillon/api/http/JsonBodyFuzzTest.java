package io.carillon.api.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import io.micronaut.json.tree.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies of requests: exactly one object, which is the same when it is written and read again, or a
 * refusal with few words; and the members that are asked for.
 */
class JsonBodyFuzzTest {
  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "{\"name\":\"x\",\"data\":\"{}\",\"channels\":[\"a\",\"b\"],\"socket_id\":\"1.2\",\"info\":\"user_count\"}",
        "{\"batch\":[{\"name\":\"x\",\"channel\":\"a\",\"data\":\"d\"}]}",
        "{\"channel\":\"a\",\"name\":\"n\",\"data\":{\"a\":[1,2.50,1e400,-0]},\"id\":\"i\",\"encoding\":\"base64\"}",
        "{\"name\":\"n\",\"op\":\"append\",\"ref\":\"r\",\"extras\":{\"a\":1},\"trace\":true,\"data\":\"\\ud800\"}",
        "{\"a\":1,\"a\":2}",
        "[]",
        "{} {}");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void oneObjectThatStaysWhatItIs(byte[] body) {
    Checked<JsonNode> read = Json.object(body);
    Cost.check(Cost.TABLE_OF_NAMES + 1_024L * body.length, () -> Json.object(body));
    switch (read) {
      case Checked.Refused<JsonNode>(var problem) ->
          Input.check(problem.detail().length() < 1_000, "a refusal of many words");
      case Checked.Valid<JsonNode>(var node) -> check(node);
    }
  }

  private static void check(JsonNode node) {
    byte[] written = Json.bytes(node);
    Input.check(
        Json.object(written) instanceof Checked.Valid<JsonNode>(var again)
            && Json.object(Json.bytes(again)) instanceof Checked.Valid<JsonNode>(var third)
            && again.equals(third),
        "another object");
    if (Members.number(node, "n", 1, 10) instanceof Checked.Valid<Long>(var number)) {
      Input.check(number >= 1 && number <= 10, "a number of " + number);
    }
    if (Members.strings(node, "channels", 100) instanceof Checked.Valid<?>(var value)
        && value instanceof java.util.List<?> list) {
      Input.check(!list.isEmpty() && list.size() <= 100, list.size() + " strings");
    }
    Members.string(node, "name");
    Members.list(node, "batch", 10);
    ChannelNames.texts(node);
  }
}
