package io.carillon.benchmark.profile;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of one application's key: of Pusher's requests and private channels, and tokens.
 * Confined to one thread.
 */
public final class Signing {
  private static final String ALGORITHM = "HmacSHA256";
  private static final HexFormat HEX = HexFormat.of();
  private static final int LIFE_SECONDS = 3_000;

  private final String key;
  private final Mac mac;
  private final MessageDigest digest;

  public Signing(String key, String secret) {
    this.key = key;
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      this.digest = MessageDigest.getInstance("MD5");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** The query of a signed request of Pusher's HTTP API. */
  public String query(String method, String path, byte[] body, long seconds) {
    String query =
        "auth_key="
            + key
            + "&auth_timestamp="
            + seconds
            + "&auth_version=1.0&body_md5="
            + HEX.formatHex(digest.digest(body));
    return query + "&auth_signature=" + hex(method + "\n" + path + "\n" + query);
  }

  /** What a Pusher client sends to subscribe to a private channel. */
  public String channelAuth(String socket, String channel) {
    return key + ":" + hex(socket + ":" + channel);
  }

  /** A token that allows everything, for the time of a run. */
  public String token(String user, long nowSeconds) {
    String head = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + key + "\"}";
    String claims =
        "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"cap\":{\"*\":[\"subscribe\",\"publish\",\"presence\",\"history\"]}}"
            .formatted(user, nowSeconds - 5, nowSeconds + LIFE_SECONDS);
    String signed =
        base64(head.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String hex(String text) {
    return HEX.formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
