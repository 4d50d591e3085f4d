package io.carillon.jwt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.model.Capabilities;
import io.carillon.fuzz.Apps;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Client tokens: no text is one without the key's signature; what a backend signed, whatever it is,
 * is a token within its bounds or refused, and no other text is the same token.
 */
class JwtTokenReaderFuzzTest {
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}";
  private static final JwtTokenReader READER = new JwtTokenReader(Apps.DIRECTORY, Apps.TICKER);

  /** A header's length before it, then the claims. */
  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"sub\":\"anna\",\"jti\":\"t\",\"iat\":1794999940,\"exp\":1795003540,"
                + "\"cap\":{\"chat:*\":[\"subscribe\",\"publish\"]},\"lim\":{\"channels\":1}}",
            "{\"exp\":1795003540.5,\"nbf\":1e3}",
            "{\"exp\":1e400,\"sub\":null,\"cap\":{}}",
            "{\"exp\":1795000001,\"sub\":\"\\ud800\"}",
            "null")
        .map(claims -> Input.pair(HEADER, claims));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void onlyWhatIsSignedIsAToken(byte[] data) {
    String raw = new String(data, StandardCharsets.ISO_8859_1);
    Input.check(READER.read(raw) instanceof TokenVerdict.Refused, "a token that nobody signed");

    Input input = new Input(data);
    String signed = base64(input.part()) + "." + base64(input.rest());
    String signature = base64(mac(signed));
    String token = signed + "." + signature;
    TokenVerdict verdict = READER.read(token);
    Cost.check(200_000 + 512L * token.length(), () -> READER.read(token));
    if (verdict instanceof TokenVerdict.Valid(var app, var claims)) {
      Input.check(app.id().value().equals("1"), "another application");
      check(claims);
      String other = signature.substring(0, 42) + (signature.charAt(42) == 'A' ? 'E' : 'A');
      Input.check(
          READER.read(signed + "." + other) instanceof TokenVerdict.Refused, "two signatures");
    }
  }

  private static void check(ClientToken token) {
    String client = token.clientId();
    if (client != null) {
      Input.check(ClientToken.isId(client), "client id");
      Input.check(
          client.equals(
              new String(client.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)),
          "a client id that UTF-8 does not hold");
    }
    long now = Apps.TICKER.epochMillis() / 1_000;
    Input.check(
        token.expiresAt() > now - 100
            && token.expiresAt() <= now + ClientToken.MAX_LIFE.toSeconds() + 100,
        "until " + token.expiresAt());
    Input.check(
        token.capabilities().rules().size() <= Capabilities.MAX_PATTERNS, "too many patterns");
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Apps.KEY.secret().reveal(), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
