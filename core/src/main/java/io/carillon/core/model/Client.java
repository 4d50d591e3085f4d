package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The program at the other end, as far as it is known. Immutable.
 *
 * @param library as it named itself, of up to {@link #LIBRARY_LENGTH_MAX} printable characters;
 *     empty when it did not
 */
public record Client(Protocol protocol, String library, AddressRange from) {
  public static final int LIBRARY_LENGTH_MAX = 100;

  /** Nothing is known of it but that it has a connection. */
  public static final Client UNKNOWN = new Client(Protocol.CARILLON, "", AddressRange.UNKNOWN);

  /** How it speaks to us. */
  public enum Protocol {
    PUSHER("pusher"),
    PUSHER_HTTP("pusher-http"),
    CARILLON("carillon"),
    SSE("sse"),
    POLL("poll"),
    REST("rest");

    private final String word;

    Protocol(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** The client with what it said of itself, which may be anything. */
  public static Client of(Protocol protocol, @Nullable String said, AddressRange from) {
    return new Client(protocol, said == null ? "" : printable(said), from);
  }

  private static String printable(String said) {
    int length = Math.min(said.length(), LIBRARY_LENGTH_MAX);
    for (int i = 0; i < said.length(); i++) {
      if (i == length || !isPrintable(said.charAt(i))) {
        return cleaned(said, length);
      }
    }
    return said;
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c < 0x7F;
  }

  private static String cleaned(String said, int length) {
    StringBuilder clean = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      clean.append(isPrintable(said.charAt(i)) ? said.charAt(i) : '?');
    }
    return clean.toString();
  }
}
