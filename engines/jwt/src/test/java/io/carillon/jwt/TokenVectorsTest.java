package io.carillon.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.auth.TokenVerdict.Refused;
import io.carillon.core.auth.TokenVerdict.Valid;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the vectors that every implementation of client tokens answers to. */
final class TokenVectorsTest {
  private static final Path VECTORS =
      Path.of("..", "..", "docs", "protocol", "vectors", "tokens.json");

  static Stream<Arguments> vectors() throws IOException {
    JsonNode all = new ObjectMapper().readTree(VECTORS.toFile());
    Apps apps = new Apps();
    for (JsonNode app : all.required("apps")) {
      apps.put(
          app.required("id").textValue(),
          app.required("enabled").booleanValue(),
          app.required("keys")
              .valueStream()
              .map(
                  key ->
                      Apps.key(key.required("id").textValue(), key.required("secret").textValue()))
              .toArray(ApiKey[]::new));
    }
    return all.required("tokens")
        .valueStream()
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector, apps));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void theVectorsHold(String name, JsonNode vector, Apps apps) {
    FixedTicker ticker = new FixedTicker(vector.required("at").longValue());
    TokenVerdict verdict =
        new JwtTokenReader(apps, ticker).read(vector.required("token").textValue());

    switch (verdict) {
      case Refused(var problem, var key) ->
          assertThat(vector.required("verdict").textValue()).isEqualTo(problem.code().slug());
      case Valid(var app, var token) -> {
        assertThat(vector.required("verdict").textValue()).isEqualTo("valid");
        assertThat(vector.required("app").textValue()).isEqualTo(app.id().value());
        assertSays(token, vector);
      }
    }
  }

  private static void assertSays(ClientToken token, JsonNode vector) {
    assertThat(vector.required("key").textValue()).isEqualTo(token.key().value());
    assertThat(vector.required("clientId").textValue()).isEqualTo(token.clientId());
    assertThat(vector.required("id").textValue()).isEqualTo(token.id());
    assertThat(vector.required("issuedAt").longValue()).isEqualTo(token.issuedAt());
    assertThat(vector.required("expiresAt").longValue()).isEqualTo(token.expiresAt());
    JsonNode capabilities = new ObjectMapper().valueToTree(token.capabilities().written());
    assertThat(capabilities).isEqualTo(vector.required("capabilities"));
    for (JsonNode allows : vector.required("allows")) {
      Operation operation = Operation.ofWord(allows.required("operation").textValue());
      ChannelName channel = ChannelName.of(allows.required("channel").textValue());
      assertThat(token.allows(Objects.requireNonNull(operation), channel))
          .as("%s on %s", operation, channel)
          .isEqualTo(allows.required("allowed").booleanValue());
    }
  }
}
