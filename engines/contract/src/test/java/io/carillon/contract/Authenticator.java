package io.carillon.contract;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a phone does with a secret, written apart from the server's own. Stateless. */
final class Authenticator {
  private Authenticator() {}

  static String code(String base32, Instant now) {
    BigInteger bits = BigInteger.ONE;
    for (int i = 0; i < base32.length(); i++) {
      bits =
          bits.shiftLeft(5)
              .or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i))));
    }
    byte[] marked = bits.toByteArray();
    ByteArrayOutputStream secret = new ByteArrayOutputStream();
    secret.write(marked, 1, marked.length - 1);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.toByteArray(), "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array());
      int value = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", value % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
