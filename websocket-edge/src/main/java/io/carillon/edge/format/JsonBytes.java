package io.carillon.edge.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 bytes, for the one encoding of a message that everyone gets. Payloads are
 * UTF-8 already, so that escaping them needs no detour through characters. Not thread-safe.
 */
public final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What {@link #last} says of an empty text. */
  static final byte NOTHING = 0;

  /** Of the largest number. */
  private static final int DIGITS_MAX = 19;

  private byte[] bytes;
  private int size;

  /**
   * Starts empty.
   *
   * @param expected how many bytes it will be about
   */
  public JsonBytes(int expected) {
    this.bytes = new byte[expected];
  }

  /** Appends text that is JSON already and plain ASCII. */
  public JsonBytes raw(String ascii) {
    int length = ascii.length();
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends one character of JSON's own. */
  JsonBytes raw(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** Appends bytes that are JSON already. */
  public JsonBytes raw(byte[] json) {
    return raw(json, 0);
  }

  /** Appends bytes that are JSON already, from an index on. */
  JsonBytes raw(byte[] json, int from) {
    int length = json.length - from;
    room(length);
    System.arraycopy(json, from, bytes, size, length);
    size += length;
    return this;
  }

  /** Appends a number. */
  public JsonBytes number(long value) {
    if (value < 0) {
      return raw(Long.toString(value)); // no field of a protocol is
    }
    int digits = digitsOf(value);
    room(digits);
    long left = value;
    int at = size + digits;
    while (left >= 100) {
      long rest = left / 100;
      int pair = (int) (left - rest * 100);
      bytes[--at] = (byte) ('0' + pair % 10);
      bytes[--at] = (byte) ('0' + pair / 10);
      left = rest;
    }
    if (left >= 10) {
      bytes[--at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    bytes[--at] = (byte) ('0' + left);
    size += digits;
    return this;
  }

  private static int digitsOf(long value) {
    long bound = 10;
    for (int digits = 1; digits < DIGITS_MAX; digits++) {
      if (value < bound) {
        return digits;
      }
      bound *= 10;
    }
    return DIGITS_MAX;
  }

  /** Appends the text as a JSON string. */
  public JsonBytes string(String text) {
    int length = text.length();
    room(length + 2);
    int start = size;
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || isEscaped((byte) c)) {
        size = start;
        return string(text.getBytes(StandardCharsets.UTF_8));
      }
      bytes[size++] = (byte) c;
    }
    bytes[size++] = '"';
    return this;
  }

  /** Appends the UTF-8 text as a JSON string. */
  public JsonBytes string(byte[] utf8) {
    return string(utf8, 0, utf8.length);
  }

  /** Appends a part of the bytes, which is UTF-8 text, as a JSON string. */
  JsonBytes string(byte[] utf8, int from, int to) {
    room(to - from + 2);
    bytes[size++] = '"';
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (isEscaped(b)) {
        room(to - i + 8);
        escape(b);
      } else {
        bytes[size++] = b;
      }
    }
    bytes[size++] = '"';
    return this;
  }

  private static boolean isEscaped(byte b) {
    return b < 0x20 ? b >= 0 : b == '"' || b == '\\';
  }

  private void escape(byte b) {
    bytes[size++] = '\\';
    switch (b) {
      case '"', '\\' -> bytes[size++] = b;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[b >> 4];
        bytes[size++] = HEX[b & 0xF];
      }
    }
  }

  /** The byte that stands last, or {@link #NOTHING}. */
  byte last() {
    return size == 0 ? NOTHING : bytes[size - 1];
  }

  /** What was written; nothing may be appended any more. */
  public byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
    }
  }
}
