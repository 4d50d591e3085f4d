package io.carillon.standalone.cli;

import io.carillon.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's half of Pusher's signatures. Stateless. */
final class Signing {
  private Signing() {}

  static String hmac(Secret secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal(), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The query of a request, with its signature. */
  static String query(Target target, String method, String path, byte[] body, long epochSecond) {
    String plain =
        "auth_key=%s&auth_timestamp=%d&auth_version=1.0&body_md5=%s"
            .formatted(target.key(), epochSecond, md5(body));
    return plain + "&auth_signature=" + hmac(target.secret(), method + "\n" + path + "\n" + plain);
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
