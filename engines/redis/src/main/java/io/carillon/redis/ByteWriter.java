package io.carillon.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes tagged fields: a byte that says which one, its length, its bytes. Confined to its caller.
 */
final class ByteWriter {
  private final ByteArrayOutputStream out;

  ByteWriter(int version, int size) {
    this.out = new ByteArrayOutputStream(size);
    out.write(version);
  }

  ByteWriter text(int tag, @Nullable String text) {
    return text == null ? this : bytes(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  ByteWriter number(int tag, long number) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (number >>> (8 * (Long.BYTES - 1 - i)));
    }
    return bytes(tag, bytes);
  }

  ByteWriter bytes(int tag, byte[] bytes) {
    out.write(tag);
    length(bytes.length);
    out.write(bytes, 0, bytes.length);
    return this;
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void length(int length) {
    int left = length;
    while (left >= 0x80) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }

  byte[] done() {
    return out.toByteArray();
  }
}
