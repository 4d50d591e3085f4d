package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WebhookVerifierTest {
  private static final WebhookVerifier VERIFIER = WebhookVerifier.of(Vectors.text("secret"));

  static Stream<JsonNode> webhooks() {
    return Vectors.of("webhooks");
  }

  static Stream<String> refusedSignatures() {
    return Vectors.refused("signatures");
  }

  @ParameterizedTest
  @MethodSource("webhooks")
  void theVectorsOfWebhooksHold(JsonNode vector) {
    assertThat(VERIFIER.verify(body(vector), signature(vector))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("webhooks")
  void whatDiffersIsNotBelieved(JsonNode vector) {
    byte[] changed = body(vector);
    changed[0] ^= 1;

    assertThat(VERIFIER.verify(changed, signature(vector))).isFalse();
    assertThat(WebhookVerifier.of("other").verify(body(vector), signature(vector))).isFalse();
    assertThat(VERIFIER.verify(body(vector), null)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("refusedSignatures")
  void aSignatureOfAnotherFormIsNotBelieved(String signature) {
    byte[] body = body(Vectors.of("webhooks").findFirst().orElseThrow());

    assertThat(VERIFIER.verify(body, signature)).isFalse();
  }

  @Test
  void theSecretIsNeededAndNotPrinted() {
    assertThatIllegalArgumentException().isThrownBy(() -> WebhookVerifier.of(""));
    assertThat(VERIFIER).hasToString("WebhookVerifier");
  }

  private static byte[] body(JsonNode vector) {
    return vector.required("body").textValue().getBytes(StandardCharsets.UTF_8);
  }

  private static String signature(JsonNode vector) {
    return vector.required("signature").textValue();
  }
}
