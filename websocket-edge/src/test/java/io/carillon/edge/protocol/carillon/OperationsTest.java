package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are changed, as clients see it. */
@Timeout(60)
class OperationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> OWN =
      Map.of("*", "subscribe publish history message-update-own");

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestSocket opened(String clientId, Map<String, String> capabilities)
      throws Exception {
    TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
    String token = server.token(clientId, Duration.ofHours(1), capabilities);
    socket.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
    assertThat(next(socket, "welcome").get("you").asText()).isEqualTo(clientId);
    return socket;
  }

  private static JsonNode next(TestSocket socket, String type) throws Exception {
    JsonNode frame = JSON.readTree(socket.next());
    while (!frame.get("t").asText().equals(type)) {
      frame = JSON.readTree(socket.next());
    }
    return frame;
  }

  /** The result of one item. */
  private static JsonNode pub(TestSocket socket, String channel, String item) throws Exception {
    socket.send("{\"t\":\"pub\",\"i\":5,\"ch\":\"" + channel + "\",\"m\":[" + item + "]}");
    return next(socket, "ok").at("/r/0");
  }

  private static JsonNode history(TestSocket socket, String channel) throws Exception {
    socket.send("{\"t\":\"hist\",\"i\":6,\"ch\":\"" + channel + "\",\"limit\":10}");
    return next(socket, "ok");
  }

  /** Clauses 12.1, 12.5, 12.6 and 12.7. */
  @Test
  void operationsArePushedAsTheyAreAndHistoryHasWhatTheyMade() throws Exception {
    try (TestSocket anna = opened("anna", OWN);
        TestSocket bert = opened("bert", OWN)) {
      next(bert.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"told\"}"), "subbed");
      pub(anna, "told", "{\"n\":\"answer\",\"id\":\"m\",\"d\":\"Hel\",\"x\":{\"k\":1}}");
      assertThat(next(bert, "msg").at("/m/0/x/k").asInt()).isEqualTo(1);

      JsonNode result = pub(anna, "told", "{\"op\":\"append\",\"ref\":\"m\",\"d\":\"lo\"}");
      assertThat(result.get("o").asLong()).isEqualTo(2);
      JsonNode item = next(bert, "msg").at("/m/0");
      assertThat(item.get("op").asText()).isEqualTo("append");
      assertThat(item.get("ref").asText()).isEqualTo("m");
      assertThat(item.get("d").asText()).isEqualTo("lo");
      assertThat(item.get("n").asText()).isEqualTo("answer");
      assertThat(item.get("by").asText()).isEqualTo("anna");

      JsonNode whole = history(anna, "told");
      assertThat(whole.get("m")).hasSize(1);
      assertThat(whole.at("/m/0/d").asText()).isEqualTo("Hello");
      assertThat(whole.at("/m/0/o").asLong()).isEqualTo(1);
      assertThat(whole.at("/m/0/v/o").asLong()).isEqualTo(2);
      assertThat(whole.at("/m/0/x/k").asInt()).isEqualTo(1);
      assertThat(whole.get("o").asLong()).isEqualTo(2);

      pub(anna, "told", "{\"op\":\"update\",\"ref\":\"m\",\"n\":\"final\",\"d\":[1]}");
      assertThat(history(anna, "told").at("/m/0/d/0").asInt()).isEqualTo(1);
      assertThat(history(anna, "told").at("/m/0/n").asText()).isEqualTo("final");

      pub(anna, "told", "{\"op\":\"delete\",\"ref\":\"m\"}");
      assertThat(next(bert, "msg").at("/m/0/op").asText()).isEqualTo("update");
      assertThat(next(bert, "msg").at("/m/0").has("d")).isFalse();
      JsonNode gone = history(anna, "told").at("/m/0");
      assertThat(gone.get("del").asBoolean()).isTrue();
      assertThat(gone.has("d")).isFalse();
      assertThat(gone.has("x")).isFalse();
    }
  }

  /**
   * Clauses 12.5 and 12.6: a late joiner gets the message as it is, a resuming one what it missed.
   */
  @Test
  void aRewindHasTheMessageAndAResumeTheOperations() throws Exception {
    try (TestSocket anna = opened("anna", OWN);
        TestSocket late = opened("late", OWN);
        TestSocket back = opened("back", OWN)) {
      long epoch = pub(anna, "join", "{\"n\":\"a\",\"id\":\"m\",\"d\":\"1\"}").get("e").asLong();
      pub(anna, "join", "{\"op\":\"append\",\"ref\":\"m\",\"d\":\"2\"}");
      pub(anna, "join", "{\"n\":\"b\",\"d\":\"other\"}");
      pub(anna, "join", "{\"op\":\"append\",\"ref\":\"m\",\"d\":\"3\"}");

      next(late.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"join\",\"rewind\":2}"), "subbed");
      JsonNode push = next(late, "msg");
      assertThat(push.get("m")).hasSize(2);
      assertThat(push.at("/m/0/d").asText()).isEqualTo("123");
      assertThat(push.at("/m/0/v/o").asLong()).isEqualTo(4);
      assertThat(push.get("f").asLong()).isZero();
      assertThat(push.get("o").asLong()).isEqualTo(4);

      String since = "{\"e\":" + epoch + ",\"o\":1}";
      next(back.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"join\",\"since\":" + since + "}"), "subbed");
      JsonNode missed = next(back, "msg");
      assertThat(missed.get("m")).hasSize(3);
      assertThat(missed.at("/m/0/op").asText()).isEqualTo("append");
      assertThat(missed.at("/m/2/d").asText()).isEqualTo("3");

      pub(anna, "join", "{\"op\":\"append\",\"ref\":\"m\",\"d\":\"4\"}");
      assertThat(next(late, "msg").get("f").asLong()).isEqualTo(4);
    }
  }

  /** Clause 12.2. */
  @Test
  void aTokenSaysWhoseMessagesMayBeChanged() throws Exception {
    try (TestSocket anna = opened("anna", OWN);
        TestSocket bert = opened("bert", OWN);
        TestSocket plain = opened("plain", Map.of("*", "publish history"));
        TestSocket moderator = opened("moderator", Map.of("*", "message-update-any"))) {
      pub(anna, "whose", "{\"n\":\"a\",\"id\":\"m\",\"d\":\"1\"}");
      String delete = "{\"op\":\"delete\",\"ref\":\"m\"}";

      assertThat(pub(bert, "whose", delete).get("kind").asText()).isEqualTo("capability-denied");
      assertThat(pub(plain, "whose", delete).get("kind").asText()).isEqualTo("capability-denied");
      assertThat(pub(moderator, "whose", delete).get("o").asLong()).isEqualTo(2);
      JsonNode gone = pub(anna, "whose", "{\"op\":\"append\",\"ref\":\"m\",\"d\":\"2\"}");
      assertThat(gone.get("kind").asText()).isEqualTo("target-unknown");
      assertThat(gone.get("retry").asText()).isEqualTo("no");
    }
  }

  /** Clause 12.4: what is gathered is answered with one position, also when it is sent again. */
  @Test
  void appendsOfOneFrameAreGathered() throws Exception {
    try (TestSocket anna = opened("anna", OWN)) {
      String items =
          "{\"n\":\"a\",\"id\":\"m\",\"d\":\"0\"},"
              + "{\"op\":\"append\",\"ref\":\"m\",\"id\":\"a1\",\"d\":\"1\"},"
              + "{\"op\":\"append\",\"ref\":\"m\",\"id\":\"a2\",\"d\":\"2\"},"
              + "{\"op\":\"append\",\"ref\":\"m\",\"id\":\"a3\",\"d\":\"3\"}";
      String pub = "{\"t\":\"pub\",\"i\":5,\"ch\":\"roll\",\"m\":[" + items + "]}";

      JsonNode first = next(anna.send(pub), "ok").get("r");
      assertThat(first.at("/2/o").asLong()).isEqualTo(3);
      assertThat(first.at("/3/o").asLong()).isEqualTo(3);
      JsonNode again = next(anna.send(pub), "ok").get("r");
      for (int i = 0; i < 4; i++) {
        assertThat(again.get(i).get("dup").asBoolean()).isTrue();
        assertThat(again.get(i).get("o")).isEqualTo(first.get(i).get("o"));
      }
      assertThat(history(anna, "roll").at("/m/0/d").asText()).isEqualTo("0123");
    }
  }

  /** Clause 12.3. */
  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    try (TestSocket anna = opened("anna", OWN)) {
      pub(anna, "fit", "{\"n\":\"a\",\"id\":\"m\",\"d\":{\"a\":1}}");
      Map<String, String> refused =
          Map.of(
              "{\"op\":\"append\",\"ref\":\"m\",\"d\":\"1\"}", "operation-invalid",
              "{\"op\":\"append\",\"ref\":\"none\",\"d\":\"1\"}", "target-unknown");
      for (var each : refused.entrySet()) {
        assertThat(pub(anna, "fit", each.getKey()).get("kind").asText())
            .as(each.getKey())
            .isEqualTo(each.getValue());
      }
      for (String item :
          new String[] {
            "{\"op\":\"append\",\"d\":\"1\"}",
            "{\"op\":\"append\",\"ref\":\"m\"}",
            "{\"op\":\"delete\",\"ref\":\"m\",\"d\":\"1\"}",
            "{\"op\":\"merge\",\"ref\":\"m\",\"d\":\"1\"}",
            "{\"ref\":\"m\",\"n\":\"a\",\"d\":\"1\"}",
            "{\"n\":\"a\",\"d\":\"1\",\"x\":[1]}"
          }) {
        anna.send("{\"t\":\"pub\",\"i\":9,\"ch\":\"fit\",\"m\":[" + item + "]}");
        assertThat(next(anna, "err").get("kind").asText()).as(item).isEqualTo("bad-request");
      }
    }
  }
}
