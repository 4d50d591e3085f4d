package io.carillon.jwt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.model.ApiKey;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens made with the JDK alone, as a backend without any JWT library would. */
final class HandMade {
  static final long NOW = 1_795_000_000L;
  static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}";
  static final String CLAIMS =
      "{\"sub\":\"anna\",\"jti\":\"t-1\",\"iat\":1794999940,\"exp\":1795003540,"
          + "\"cap\":{\"chat:*\":[\"subscribe\",\"publish\"]}}";

  private HandMade() {}

  static String token(String header, String claims) {
    return token(header, claims, Apps.KEY);
  }

  static String token(String header, String claims, ApiKey key) {
    return signed(base64(header) + "." + base64(claims), key, "HmacSHA256");
  }

  static String signed(String text, ApiKey key, String algorithm) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.secret().reveal(), algorithm));
      return text + "." + base64(mac.doFinal(text.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
