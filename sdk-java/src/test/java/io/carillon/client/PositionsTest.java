package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("clauses 3.4, 3.5 and 3.7: the vectors of positions")
final class PositionsTest {
  private static final Path FILE = Path.of("..", "docs", "protocol", "vectors", "positions.json");

  static Stream<JsonNode> cases() {
    return Vectors.json(FILE).required("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theVerdictIsThatOfTheVector(JsonNode vector) {
    Pair pair = new Pair();
    Position before = position(vector.required("pos"));
    takesAnyPosition(pair, before);
    Channel<Object> channel = pair.client.channel("news", options -> options.since(before));
    List<Long> seen = new ArrayList<>();
    channel.onMessage(message -> seen.add(message.position().offset()));
    pair.lane.settle();
    int asked = pair.server.heard("sub").size();

    pair.server.tell("news", push(vector.required("push")));
    pair.lane.settle();

    boolean hole = vector.required("verdict").textValue().equals("hole");
    assertThat(seen).isEqualTo(offsets(vector.path("items")));
    assertThat(channel.position()).hasValue(position(vector.required("after")));
    assertThat(pair.server.heard("sub")).hasSize(hole ? asked + 1 : asked);
  }

  /** The log of the server reaches just to where the client is. */
  private static void takesAnyPosition(Pair pair, Position position) {
    pair.server.log("news").become(position);
  }

  private static String push(JsonNode push) {
    FrameText frame = FrameText.of("msg").with("ch", "news");
    for (String field : List.of("e", "f", "o")) {
      frame.with(field, push.required(field).longValue());
    }
    if (push.has("prev")) {
      frame.with("prev", position(push.required("prev")));
    }
    List<Map<String, Object>> items = new ArrayList<>();
    for (long offset : offsets(push.required("m"))) {
      Map<String, Object> item = new HashMap<>();
      item.put("o", offset);
      item.put("n", "n");
      item.put("ts", 0);
      items.add(item);
    }
    return frame.with("m", items).text();
  }

  private static List<Long> offsets(JsonNode list) {
    return list.valueStream().map(JsonNode::longValue).toList();
  }

  private static Position position(JsonNode node) {
    return new Position(node.required("e").longValue(), node.required("o").longValue());
  }
}
