package io.carillon.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void textIsTakenAsItIsAndDeeperValuesAsJson() {
    assertThat(Json.read("{\"a\":\"x\\\"y\",\"b\":{\"c\":[1,null]},\"d\":4,\"e\":null}"))
        .isEqualTo(Map.of("a", "x\"y", "b", "{\"c\":[1,null]}", "d", "4", "e", "null"));
  }

  @Test
  void anythingButAnObjectIsRefused() {
    for (String text : new String[] {"", "[]", "1", "{\"a\"", "{\"a\":"}) {
      assertThatThrownBy(() -> Json.read(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anObjectIsWrittenWithItsTextsEscaped() {
    assertThat(Json.object(json -> json.writeStringField("a", "\""))).isEqualTo("{\"a\":\"\\\"\"}");
  }
}
