package io.carillon.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** An input of the fuzzer, read from its beginning. Not thread-safe. */
public final class Input {
  private final byte[] bytes;
  private int at;

  public Input(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next byte, or 0 behind the end. */
  public int next() {
    return at < bytes.length ? bytes[at++] & 0xFF : 0;
  }

  public boolean isAtEnd() {
    return at == bytes.length;
  }

  /** The next bytes, as many as the byte before them says. */
  public byte[] part() {
    int length = Math.min(next(), bytes.length - at);
    byte[] part = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return part;
  }

  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  /** What is left as text, one byte each. */
  public String restAsLatin() {
    return new String(rest(), StandardCharsets.ISO_8859_1);
  }

  public String restAsText() {
    return new String(rest(), StandardCharsets.UTF_8);
  }

  /** What is left as text in which any half of a surrogate pair may stand alone. */
  public String restAsChars() {
    byte[] rest = rest(); // a decoder would put something else in place of a half
    char[] chars = new char[rest.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (((rest[2 * i] & 0xFF) << 8) | (rest[2 * i + 1] & 0xFF));
    }
    return new String(chars);
  }

  /** Seeds that are texts, behind these first bytes. */
  public static Stream<byte[]> seeds(String start, String... texts) {
    return Stream.of(texts).map(text -> (start + text).getBytes(StandardCharsets.UTF_8));
  }

  /** A seed whose first part {@link #part} reads. */
  public static byte[] pair(String first, String rest) {
    return ((char) first.length() + first + rest).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Fails with what was found. */
  public static void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}
