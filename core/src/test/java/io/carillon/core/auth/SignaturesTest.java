package io.carillon.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the vectors that every implementation of the signatures answers to. */
final class SignaturesTest {
  private static final Path VECTORS =
      Path.of("..", "docs", "protocol", "vectors", "pusher-signatures.json");
  private static final Secret SECRET = Secret.of("7ad3773142a6692b25b8");

  static Stream<Arguments> vectors() throws IOException {
    JsonNode all = new ObjectMapper().readTree(VECTORS.toFile());
    return Stream.of("channels", "presenceChannels", "users", "webhooks", "requests")
        .flatMap(name -> all.required(name).valueStream())
        .map(
            vector ->
                Arguments.of(
                    vector.required("text").textValue(), vector.required("signature").textValue()));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theVectorsHold(String text, String signature) {
    assertThat(Signatures.sign(SECRET, text)).isEqualTo(signature);
    assertThat(Signatures.matches(SECRET, text, signature)).isTrue();
  }

  @Test
  void whatDiffersDoesNotMatch() {
    String signature = Signatures.sign(SECRET, "text");

    assertThat(Signatures.matches(SECRET, "texts", signature)).isFalse();
    assertThat(Signatures.matches(Secret.of("other"), "text", signature)).isFalse();
    assertThat(Signatures.matches(SECRET, "text", signature.substring(1))).isFalse();
    assertThat(Signatures.matches(SECRET, "text", "")).isFalse();
    assertThat(Signatures.matches(SECRET, "text", "é".repeat(64))).isFalse();
    assertThat(Signatures.matches(SECRET, "text", signature.toUpperCase(Locale.ROOT))).isFalse();
  }
}
