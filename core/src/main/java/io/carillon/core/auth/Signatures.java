package io.carillon.core.auth;

import io.carillon.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 signatures in lower-case hex, as every part of the Pusher protocol uses them. */
public final class Signatures {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_LENGTH = 64;

  /** Looking an algorithm up costs as much as the signature. */
  private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(Signatures::newMac);

  private Signatures() {}

  /** The signature of the text's UTF-8 bytes. */
  public static String sign(Secret secret, String text) {
    return HexFormat.of().formatHex(mac(secret, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether this is the text's signature; takes the same time wherever a wrong one differs. */
  public static boolean matches(Secret secret, String text, String signature) {
    if (signature.length() != HEX_LENGTH) {
      return false;
    }
    byte[] expected = sign(secret, text).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(Secret secret, byte[] text) {
    try {
      Mac mac = MACS.get();
      mac.init(new SecretKeySpec(secret.reveal(), ALGORITHM));
      return mac.doFinal(text);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a secret is never empty", e);
    }
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }
}
