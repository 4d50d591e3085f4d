package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void everyCharacterComesBackFromAJsonParser() {
    StringBuilder all = new StringBuilder("😀");
    for (char c = 0; c < Character.MIN_SURROGATE; c++) {
      all.append(c);
    }

    assertThat(Vectors.json(Json.quoted(all.toString())).textValue()).isEqualTo(all.toString());
  }
}
