package io.carillon.core.model;

/**
 * The alphabet of identities and of Base64url (RFC 4648, section 5): letters, digits, {@code _} and
 * {@code -}. Looked at without a regular expression, since every connection brings several of them.
 * Stateless.
 */
public final class UrlSafe {
  private UrlSafe() {}

  /** Whether there are characters from the first index up to the last one, and no others. */
  public static boolean isWord(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!letter && (c < '0' || c > '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return from < to;
  }

  /** Whether the text has 1 to so many characters, all of them of the alphabet. */
  public static boolean isWord(String text, int lengthMax) {
    return text.length() <= lengthMax && isWord(text, 0, text.length());
  }
}
