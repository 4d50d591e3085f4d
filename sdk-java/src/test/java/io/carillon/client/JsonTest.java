package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.client.internal.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  @Test
  void everyCharacterComesBackFromAJsonParser() {
    StringBuilder all = new StringBuilder("😀");
    for (char c = 0; c < Character.MIN_SURROGATE; c++) {
      all.append(c);
    }

    assertThat(Vectors.json(Json.quoted(all.toString())).textValue()).isEqualTo(all.toString());
    assertThat(Json.read(Json.quoted(all.toString()))).isEqualTo(all.toString());
  }

  @Test
  void valuesAreReadAsTheyAreWritten() {
    String text =
        "{\"a\":[1,-2.5,true,false,null,\"x\"],\"b\":{},\"c\":[],\"d\":{\"e\":\"\\u00e9\"}}";
    Object value = Json.read(" " + text.replace(",", " ,\n\t") + "\r\n");
    assertThat(Json.write(value)).isEqualTo(text.replace("\\u00e9", "é"));
  }

  @Test
  void escapesAreRead() {
    assertThat(Json.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83D\\uDE00\""))
        .isEqualTo("\"\\/\b\f\n\r\t😀");
  }

  @Test
  @DisplayName("clause 1.9: whole numbers of 64 bits stay whole, others become floats")
  void numbersKeepWhatTheyAre() {
    assertThat(Json.read("[0,-9223372036854775808,9223372036854775807]"))
        .isEqualTo(List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE));
    assertThat(Json.read("18446744073709551615")).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(Json.read("18446744073709551616")).isEqualTo(1.8446744073709552E19);
    assertThat(Json.read("-9223372036854775809")).isEqualTo(-9.223372036854776E18);
    assertThat(Json.read("1e2")).isEqualTo(100.0);
    assertThat(Json.write(new BigInteger("18446744073709551615")))
        .isEqualTo("18446744073709551615");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "tru",
        "nulll",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "1 2",
        "NaN",
        "+1",
        "\"\\uff1\"",
        "\u0000"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read(text))
        .withMessageStartingWith("json: ");
  }

  @Test
  @DisplayName("clause 1.8: a hundred levels, in both directions")
  void depthIsBounded() {
    assertThat(Json.read("[".repeat(100) + "]".repeat(100))).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read("[".repeat(100_000)));
    Object nested = List.of();
    for (int i = 0; i < 100; i++) {
      nested = List.of(nested);
    }
    Object tooDeep = nested;
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(tooDeep));
  }

  @Test
  void whatHasNoJsonFormIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Double.POSITIVE_INFINITY));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Map.of(1, 2)));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(new byte[1]));
  }
}
