package io.carillon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  /** What is read differently by one reader than by the next cannot be told to clients. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "7b22f08b94976e223a317d", // a name with an overlong form of four bytes
        "7b22c0af223a317d", // of two
        "7b2261223a22eda080227d", // half a surrogate pair
        "7b2261223a22f490808022 7d", // beyond U+10FFFF
        "7b2261223a22c3", // cut off
        "007b00220061002200 3a0031007d", // UTF-16
        "7b002200800722003a0031007d00", // UTF-16 whose bytes are UTF-8: a name that is U+0780
      })
  void anythingButUtf8IsRefused(String hex) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(Json.object(body)).isInstanceOf(Checked.Refused.class);
  }

  @Test
  void theReasonIsSaid() {
    Checked<JsonNode> read = Json.object(new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'});

    assertThat(read)
        .isInstanceOfSatisfying(
            Checked.Refused.class,
            refused ->
                assertThat(refused.problem().detail())
                    .contains("(expected: one JSON object in UTF-8)"));
  }

  /** Scripts of Windows send it. */
  @Test
  void aByteOrderMarkIsPassedOver() {
    byte[] body = "\uFEFF{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(Json.object(body))
        .isInstanceOfSatisfying(
            Checked.Valid.class,
            valid ->
                assertThat(Json.bytes((JsonNode) valid.value())).asString().contains("\u00e4"));
  }
}
