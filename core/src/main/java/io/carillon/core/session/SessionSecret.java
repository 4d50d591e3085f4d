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

  private final String text;

  private SessionSecret(String text) {
    this.text = text;
  }

  public static SessionSecret random(Chance chance) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES).putLong(chance.nextLong()).putLong(chance.nextLong()).array();
    return new SessionSecret(base64(bytes));
  }

  /** The secret with this text, or null when it cannot be one. */
  public static @Nullable SessionSecret ofText(String text) {
    boolean wellFormed =
        text.length() == TEXT_LENGTH && text.chars().allMatch(SessionSecret::isBase64Url);
    return wellFormed ? new SessionSecret(text) : null;
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
    return text;
  }

  /** The session's public name: 22 characters of Base64url. */
  public String memberKey(AppId app) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(("member\n" + app.value() + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.US_ASCII));
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
