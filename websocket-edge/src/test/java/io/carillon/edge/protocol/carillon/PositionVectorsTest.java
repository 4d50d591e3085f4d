package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.core.model.Position;
import io.carillon.edge.fixture.FollowedChannel;
import io.carillon.edge.fixture.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Clauses 3.4, 3.5 and 3.7: the client that this module's tests follow channels with. */
class PositionVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> theClientsRule() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : Vectors.read("positions.json").get("cases")) {
      tests.add(DynamicTest.dynamicTest(vector.get("name").asText(), () -> check(vector)));
    }
    return tests.stream();
  }

  private static void check(JsonNode vector) {
    FollowedChannel channel = new FollowedChannel(position(vector.get("pos")));
    ObjectNode push = vector.get("push").deepCopy();
    var items = JSON.createArrayNode();
    push.get("m").forEach(offset -> items.addObject().set("o", offset));
    push.set("m", items);

    FollowedChannel.Verdict verdict = channel.push(push);

    assertThat(verdict.name().toLowerCase(Locale.ROOT)).isEqualTo(vector.get("verdict").asText());
    assertThat(channel.position()).isEqualTo(position(vector.get("after")));
    List<Long> expected = new ArrayList<>();
    if (vector.has("items")) {
      vector.get("items").forEach(offset -> expected.add(offset.asLong()));
    }
    assertThat(channel.received()).extracting(item -> item.get("o").asLong()).isEqualTo(expected);
  }

  private static Position position(JsonNode node) {
    return new Position(node.get("e").asLong(), node.get("o").asLong());
  }
}
