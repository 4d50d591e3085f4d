package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.edge.fixture.FrameSchema;
import io.carillon.edge.fixture.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema takes the vectors' frames and refuses others; test sockets check what they hear. */
class FrameSchemaTest {
  /** A type of the future, which clause 1.5 is about. */
  private static final String UNKNOWN = "later";

  @Test
  void theFramesOfTheVectorsAreAsTheSchemaSays() {
    JsonNode vectors = Vectors.read("msgpack.json");
    vectors.get("client").forEach(vector -> eachFrame(vector.get("json"), FrameSchema.CLIENT));
    vectors.get("server").forEach(vector -> eachFrame(vector.get("json"), FrameSchema.SERVER));
  }

  private static void eachFrame(JsonNode message, FrameSchema schema) {
    if (message.isArray()) {
      message.forEach(frame -> schema.check(frame.toString()));
    } else if (!message.at("/t").asText().equals(UNKNOWN)) {
      schema.check(message.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"t\":\"dance\"}",
        "{\"t\":\"ping\",\"more\":1}",
        "{\"t\":\"msg\",\"ch\":\"a\",\"e\":1,\"f\":0,\"o\":1}",
        "{\"t\":\"msg\",\"ch\":\"a\",\"e\":1,\"f\":0,\"o\":1,\"m\":[{\"o\":1,\"n\":\"n\",\"ts\":1}]}",
        "{\"t\":\"msg\",\"ch\":\"a\",\"e\":9007199254740992,\"f\":0,\"o\":0,\"m\":[]}",
        "{\"t\":\"subbed\",\"ch\":\"a\",\"e\":1,\"o\":0,\"start\":0,\"recovered\":false}",
        "{\"t\":\"subbed\",\"ch\":\"a\",\"e\":1,\"o\":0,\"start\":0,\"why\":\"epoch\"}",
        "{\"t\":\"err\",\"kind\":\"x\",\"code\":1,\"msg\":\"m\",\"retry\":\"maybe\"}",
        "{\"t\":\"pres\",\"ch\":\"a\",\"v\":1,\"set\":{}}"
      })
  void whatTheServerNeverSaysIsRefused(String frame) {
    assertThatThrownBy(() -> FrameSchema.SERVER.check(frame)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"hello\",\"i\":1}",
        "{\"t\":\"sub\",\"ch\":\"a\",\"rewind\":0}",
        "{\"t\":\"sub\",\"ch\":\"a\",\"presence\":\"all\"}",
        "{\"t\":\"pub\",\"ch\":\"a\",\"m\":[]}",
        "{\"t\":\"pub\",\"ch\":\"a\",\"m\":[{\"op\":\"append\",\"d\":\"x\"}]}",
        "{\"t\":\"hist\",\"ch\":\"a\",\"limit\":1001}"
      })
  void whatAClientMayNotSayIsRefused(String frame) {
    assertThatThrownBy(() -> FrameSchema.CLIENT.check(frame)).isInstanceOf(AssertionError.class);
  }
}
