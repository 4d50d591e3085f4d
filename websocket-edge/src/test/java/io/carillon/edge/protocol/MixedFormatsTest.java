package io.carillon.edge.protocol;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin.Backend;
import io.carillon.core.model.Payload;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.Msgpack;
import io.carillon.edge.fixture.TestSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribers of one channel hear the same whatever they speak: clauses 1.6 and 1.9. */
@Timeout(60)
class MixedFormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANNEL = "mixed";

  /** A value, and what Pusher's clients get as their text. */
  private record Data(String json, String pusher) {
    static Data same(String json) {
      return new Data(json, json);
    }
  }

  @Test
  void jsonMsgpackAndPusherHearTheSame() throws Exception {
    try (EdgeServer server = new EdgeServer(Map.of());
        TestSocket json = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
        TestSocket msgpack =
            new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1.msgpack");
        TestSocket pusher = new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7"))) {
      String token = server.token("ann", Duration.ofMinutes(1), Map.of("*", "publish subscribe"));
      String opening =
          "[{\"t\":\"hello\",\"i\":1,\"token\":\"%s\"},{\"t\":\"sub\",\"i\":2,\"ch\":\"%s\"}]"
              .formatted(token, CHANNEL);
      json.send(opening);
      msgpack.send(Msgpack.of(opening));
      pusher.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"mixed\"}}");
      skip(json, msgpack, pusher);

      for (Data data :
          new Data[] {
            new Data("\"h\\u00e9 \\\"x\\\"\"", "hé \"x\""),
            Data.same("{\"a\":[1,-2.5,null,true,18446744073709551615],\"b\":{\"c\":\"d\"}}"),
            Data.same("7")
          }) {
        json.send(pub(data.json()));
        expectPush(json, msgpack, pusher, data);
        msgpack.send(Msgpack.of(pub(data.json())));
        expectPush(json, msgpack, pusher, data);
        JsonNode tree = JSON.readTree(data.json());
        Payload payload =
            tree.isTextual()
                ? Payload.text(tree.textValue())
                : Payload.json(data.json().getBytes(StandardCharsets.UTF_8));
        server.publish(CHANNEL, new Message(null, "e", payload, Backend.TO_EVERYONE));
        expectPush(json, msgpack, pusher, data);
      }
    }
  }

  private static String pub(String data) {
    return "{\"t\":\"pub\",\"i\":3,\"ch\":\"mixed\",\"m\":[{\"n\":\"e\",\"d\":" + data + "}]}";
  }

  private static void skip(TestSocket json, TestSocket msgpack, TestSocket pusher)
      throws Exception {
    for (int i = 0; i < 2; i++) {
      json.next();
      msgpack.nextBinary();
    }
    while (!pusher.next().contains("subscription_succeeded")) {
      // the greeting and the counts
    }
  }

  /** The push to all; replies to the author may come before it. */
  private static void expectPush(TestSocket json, TestSocket msgpack, TestSocket pusher, Data data)
      throws Exception {
    JsonNode first = JSON.readTree(json.next());
    while (!first.get("t").asText().equals("msg")) {
      first = JSON.readTree(json.next());
    }
    JsonNode second = Msgpack.tree(msgpack.nextBinary());
    while (!second.get("t").asText().equals("msg")) {
      second = Msgpack.tree(msgpack.nextBinary());
    }
    assertThat(JSON.readTree(second.toString())).isEqualTo(first);
    assertThat(first.at("/m/0/d")).isEqualTo(JSON.readTree(data.json()));
    JsonNode third = JSON.readTree(pusher.next());
    while (third.get("event").asText().startsWith("pusher")) {
      third = JSON.readTree(pusher.next());
    }
    assertThat(third.get("data").asText()).isEqualTo(data.pusher());
  }
}
