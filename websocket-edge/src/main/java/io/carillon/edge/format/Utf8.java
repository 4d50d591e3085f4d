package io.carillon.edge.format;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF. Stateless.
 */
public final class Utf8 {
  private Utf8() {}

  /** Whether the bytes from an index up to but not including another are UTF-8. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int lead = bytes[i];
      int length = lead >= 0 ? 1 : lengthOf(lead & 0xFF);
      if (length == 0 || to - i < length || !isSequence(bytes, i, length)) {
        return false;
      }
      i += length;
    }
    return true;
  }

  private static int lengthOf(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  private static boolean isSequence(byte[] bytes, int at, int length) {
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    if (length < 3) {
      return true;
    }
    int second = bytes[at + 1] & 0xFF;
    return switch (bytes[at] & 0xFF) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }
}
