package io.carillon.client;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes client tokens: JWTs that are signed here, with HS256 and the secret of a key. Immutable, so
 * any thread may use it; nothing waits for the network.
 */
public final class TokenIssuer {
  private final String key;
  private final HmacSha256 hmac;
  private final Clock clock;

  TokenIssuer(String key, HmacSha256 hmac, Clock clock) {
    this.key = key;
    this.hmac = hmac;
    this.clock = clock;
  }

  /** A token, to be handed to the client that it is for. */
  public String issue(Consumer<? super TokenOptions> options) {
    TokenOptions chosen = new TokenOptions();
    options.accept(chosen);
    long now = clock.instant().getEpochSecond();
    String header = FrameText.object("alg", "HS256").with("typ", "JWT").with("kid", key).text();
    String claims =
        FrameText.object("jti", UUID.randomUUID().toString())
            .withIf("sub", chosen.clientId)
            .with("iat", now)
            .with("exp", now + chosen.ttl.toSeconds())
            .with("cap", chosen.capabilities)
            .text();
    String signed = part(header) + "." + part(claims);
    return signed + "." + coded(hmac.bytes(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String part(String json) {
    return coded(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String coded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
