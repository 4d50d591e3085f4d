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
  @Test
  void theFramesOfTheVectorsAreAsTheSchemaSays() {
    for (JsonNode vector : Vectors.read("msgpack.json").get("server")) {
      FrameSchema.SERVER.check(vector.get("json").toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"hello\",\"i\":1,\"key\":\"k\",\"new\":[1]}",
        "{\"t\":\"sub\",\"i\":2,\"ch\":\"a\",\"since\":{\"e\":1,\"o\":2},\"presence\":\"count\"}",
        "{\"t\":\"pub\",\"ch\":\"a\",\"m\":[{\"n\":\"n\"},{\"op\":\"delete\",\"ref\":\"m1\"}]}",
        "{\"t\":\"eph\",\"ch\":\"a\",\"m\":[{\"n\":\"n\",\"d\":null}]}"
      })
  void whatAClientMaySayIsTaken(String frame) {
    FrameSchema.CLIENT.check(frame);
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
