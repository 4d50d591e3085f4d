package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class TokenIssuerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_795_000_000), ZoneOffset.UTC);
  private final TokenIssuer issuer = new TokenIssuer("key-1", new HmacSha256("secret"), CLOCK);

  @Test
  void aTokenSaysWhoMayDoWhatAndForHowLong() {
    String token =
        issuer.issue(
            options ->
                options
                    .clientId("u7")
                    .ttl(Duration.ofMinutes(30))
                    .allow("chat:*", Capability.SUBSCRIBE, Capability.MESSAGE_UPDATE_OWN));
    String[] parts = token.split("\\.", -1);

    assertThat(text(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
    JsonNode claims = Vectors.json(text(parts[1]));
    assertThat(claims.required("sub").textValue()).isEqualTo("u7");
    assertThat(claims.required("iat").longValue()).isEqualTo(1_795_000_000);
    assertThat(claims.required("exp").longValue()).isEqualTo(1_795_001_800);
    assertThat(claims.required("cap").toString())
        .isEqualTo("{\"chat:*\":[\"subscribe\",\"message-update-own\"]}");
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    assertThat(Base64.getUrlDecoder().decode(parts[2]))
        .isEqualTo(new HmacSha256("secret").bytes(signed));
  }

  @Test
  void whatATokenCannotSayIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.issue(options -> options.ttl(Duration.ofHours(25))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.issue(options -> options.clientId("")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.issue(options -> options.allow("a")));
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
