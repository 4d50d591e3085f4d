package io.carillon.edge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 bytes, for the one encoding of a message that everyone gets. Payloads are
 * UTF-8 already, so that escaping them needs no detour through characters. Not thread-safe.
 */
public final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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

  /** Appends bytes that are JSON already. */
  public JsonBytes raw(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  /** Appends a number. */
  public JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  /** Appends the text as a JSON string. */
  public JsonBytes string(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends the UTF-8 text as a JSON string. */
  public JsonBytes string(byte[] utf8) {
    room(utf8.length + 2);
    bytes[size++] = '"';
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if ((b >= 0x20 && b != '"' && b != '\\') || b < 0) {
        bytes[size++] = b;
      } else {
        room(utf8.length - i + 8);
        escape(b);
      }
    }
    bytes[size++] = '"';
    return this;
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
