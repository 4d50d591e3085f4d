package io.carillon.standalone;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What people have on their phones: codes of the second factor (RFC 6238). Stateless. */
public final class Authenticator {
  private Authenticator() {}

  /** What it shows that many steps from now. */
  public static String code(String base32, int steps) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(bytes(base32), "HmacSHA1"));
    long step = System.currentTimeMillis() / 30_000 + steps;
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
    int value = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", value % 1_000_000);
  }

  /** The secret behind its letters. */
  public static byte[] bytes(String base32) {
    BigInteger bits = BigInteger.ONE;
    for (int i = 0; i < base32.length(); i++) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(value));
    }
    byte[] marked = bits.toByteArray();
    ByteArrayOutputStream secret = new ByteArrayOutputStream();
    secret.write(marked, 1, marked.length - 1);
    return secret.toByteArray();
  }
}
