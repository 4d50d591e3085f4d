package io.carillon.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote; a field that it does not know is for a newer node, and is
 * passed over. Confined to its caller.
 */
final class ByteReader {
  private final ByteBuffer in;

  /** Stands behind the version. */
  ByteReader(ByteBuffer in, int version) {
    this.in = in;
    int found = in.get();
    if (found != version) {
      throw new IllegalArgumentException(
          "version: " + found + " (expected: " + version + "; nodes of one cluster are alike)");
    }
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  /** The next field's tag; one of the methods for values has to follow. */
  int tag() {
    return in.get();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  long number() {
    return ByteBuffer.wrap(bytes()).getLong();
  }

  byte[] bytes() {
    int length = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      length |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
