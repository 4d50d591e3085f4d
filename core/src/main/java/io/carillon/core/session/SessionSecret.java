package io.carillon.core.session;

import io.carillon.core.model.AppId;
import io.carillon.core.runtime.Chance;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What proves that a later connection is the same session: 128 bits of chance. The session's public
 * name is derived from it, so that every node finds the same one without asking, and nobody finds
 * the way back. It does not print. Immutable.
 */
public final class SessionSecret {
  private static final int BYTES = 16;
  private static final int KEY_BYTES = 16;

  /** Base64url without padding. */
  private static final int TEXT_LENGTH = 22;

  // as numbers, since there is one for each connection and a text is twice as large
  private final long high;
  private final long low;

  /** It says two bits of the number; a client may have written anything into its other four. */
  private final char last;

  private SessionSecret(long high, long low, char last) {
    this.high = high;
    this.low = low;
    this.last = last;
  }

  public static SessionSecret random(Chance chance) {
    long high = chance.nextLong();
    long low = chance.nextLong();
    String text = base64(bytesOf(high, low));
    return new SessionSecret(high, low, text.charAt(TEXT_LENGTH - 1));
  }

  /** The secret with this text, or null when it cannot be one. */
  public static @Nullable SessionSecret ofText(String text) {
    boolean wellFormed =
        text.length() == TEXT_LENGTH && text.chars().allMatch(SessionSecret::isBase64Url);
    if (!wellFormed) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    return new SessionSecret(bytes.getLong(), bytes.getLong(), text.charAt(TEXT_LENGTH - 1));
  }

  private static byte[] bytesOf(long high, long low) {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  private static boolean isBase64Url(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** For the client whose session it is, and for nobody else. */
  public String reveal() {
    return base64(bytesOf(high, low)).substring(0, TEXT_LENGTH - 1) + last;
  }

  /** The session's public name: 22 characters of Base64url. */
  public String memberKey(AppId app) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(("member\n" + app.value() + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(reveal().getBytes(StandardCharsets.US_ASCII));
      return base64(Arrays.copyOf(hash, KEY_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "SessionSecret(hidden)";
  }
}
