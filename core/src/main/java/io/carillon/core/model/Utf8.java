package io.carillon.core.model;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF. Stateless:
 * who checks a text in parts keeps the state between them.
 */
public final class Utf8 {
  /** Between two characters; a text begins and has to end so. */
  public static final int WHOLE = 0;

  /** No text that goes on from here is UTF-8. */
  public static final int BROKEN = -1;

  private Utf8() {}

  /** Whether the bytes from an index up to but not including another are UTF-8. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    return check(WHOLE, bytes, from, to) == WHOLE;
  }

  /**
   * Goes on with a text.
   *
   * @param state {@link #WHOLE} at the text's beginning, or what this said of the part before
   * @return {@link #BROKEN} as soon as nothing that may follow makes it UTF-8
   */
  public static int check(int state, byte[] bytes, int from, int to) {
    int at = from;
    int now = state;
    while (at < to && now != BROKEN) {
      byte next = bytes[at++];
      now = now == WHOLE && next >= 0 ? WHOLE : step(now, next & 0xFF);
    }
    return now;
  }

  /** The state behind one more byte. */
  public static int step(int state, int next) {
    if (state == WHOLE) {
      return next < 0x80 ? WHOLE : behindLead(next);
    }
    boolean fits = next >= ((state >> 8) & 0xFF) && next <= (state & 0xFF);
    return fits ? expecting((state >> 16) - 1, 0x80, 0xBF) : BROKEN;
  }

  private static int behindLead(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return BROKEN;
    }
    return switch (lead) {
      case 0xE0 -> expecting(2, 0xA0, 0xBF);
      case 0xED -> expecting(2, 0x80, 0x9F);
      case 0xF0 -> expecting(3, 0x90, 0xBF);
      case 0xF4 -> expecting(3, 0x80, 0x8F);
      default -> expecting(lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3, 0x80, 0xBF);
    };
  }

  /** So many bytes are still to come, the next of them in this range. */
  private static int expecting(int bytes, int low, int high) {
    return bytes == 0 ? WHOLE : bytes << 16 | low << 8 | high;
  }
}
