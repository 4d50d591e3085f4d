package io.carillon.core.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time passwords by time (RFC 6238) as every authenticator makes them: HMAC-SHA-1, 30 seconds,
 * 6 digits. Stateless.
 */
final class Totp {
  static final int DIGITS = 6;
  static final int STEP_SECONDS = 30;

  /** So many steps a clock may be early or late. */
  static final int SKEW = 1;

  private static final int SECRET_BYTES = 20;
  private static final String ALGORITHM = "HmacSHA1";
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /** A new secret in Base32, as people type it. */
  static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return base32(secret);
  }

  /** Random text of Base32; each character is 5 bits. */
  static String randomText(int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append(BASE_32.charAt(RANDOM.nextInt(BASE_32.length())));
    }
    return text.toString();
  }

  /** The step whose code this is, of those that count now; compares in constant time. */
  static OptionalLong step(byte[] secret, String code, Instant now) {
    long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    long found = Long.MIN_VALUE;
    for (long step = current - SKEW; step <= current + SKEW; step++) {
      byte[] expected = code(secret, step, DIGITS).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(expected, code.getBytes(StandardCharsets.UTF_8))) {
        found = step;
      }
    }
    return found == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /**
   * The code of a step (RFC 4226, section 5.3).
   *
   * @param digits 6 to 8
   */
  static String code(byte[] secret, long step, int digits) {
    byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0x0f;
    int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    int modulus = (int) Math.pow(10, digits);
    return String.format(Locale.ROOT, "%0" + digits + "d", truncated % modulus);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** RFC 4648, section 6, without padding; for multiples of 5 bytes. */
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * Byte.SIZE / BITS);
    int kept = 0;
    int bits = 0;
    for (byte next : bytes) {
      kept = (kept << Byte.SIZE) | (next & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(BASE_32.charAt((kept >> bits) & 0x1f));
      }
    }
    return text.toString();
  }

  /** What {@link #base32} made the text of. */
  static byte[] bytes(String base32) {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * BITS / Byte.SIZE);
    int kept = 0;
    int bits = 0;
    for (int i = 0; i < base32.length(); i++) {
      kept = (kept << BITS) | BASE_32.indexOf(base32.charAt(i));
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes.put((byte) (kept >> bits));
      }
    }
    return bytes.array();
  }
}
