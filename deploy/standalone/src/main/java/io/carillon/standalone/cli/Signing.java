package io.carillon.standalone.cli;

import io.carillon.core.auth.Signatures;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Signs requests to the HTTP API. Stateless. */
final class Signing {
  private Signing() {}

  /** The query of a request, with its signature. */
  static String query(Target target, String method, String path, byte[] body, long epochSecond) {
    String plain =
        "auth_key=%s&auth_timestamp=%d&auth_version=1.0&body_md5=%s"
            .formatted(target.key(), epochSecond, md5(body));
    return plain
        + "&auth_signature="
        + Signatures.sign(target.secret(), method + "\n" + path + "\n" + plain);
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
