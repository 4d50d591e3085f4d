package io.carillon.edge.format;

import java.nio.charset.StandardCharsets;

/**
 * A short ASCII word of a protocol, a key or a constant text, encoded for every format ahead of
 * time. Immutable; made once, as a constant.
 */
public final class Symbol {
  private static final int LENGTH_MAX = 31;

  /** {@code ,"word":}. */
  final byte[] jsonKey;

  /** {@code "word"}. */
  final byte[] jsonText;

  final byte[] msgpack;

  private Symbol(String word) {
    jsonKey = (",\"" + word + "\":").getBytes(StandardCharsets.US_ASCII);
    jsonText = ("\"" + word + "\"").getBytes(StandardCharsets.US_ASCII);
    msgpack = (" " + word).getBytes(StandardCharsets.US_ASCII);
    msgpack[0] = (byte) (0xA0 | word.length());
  }

  /**
   * The symbol of a word.
   *
   * @param word 1 to 31 of {@code a-z A-Z 0-9 _ -}
   */
  public static Symbol of(String word) {
    if (!word.matches("[A-Za-z0-9_-]{1," + LENGTH_MAX + "}")) {
      throw new IllegalArgumentException(word + " (expected: a short plain word)");
    }
    return new Symbol(word);
  }
}
