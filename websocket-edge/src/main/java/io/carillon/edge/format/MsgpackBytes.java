package io.carillon.edge.format;

import java.util.Arrays;

/** Writes MessagePack values in their shortest form. Not thread-safe. */
final class MsgpackBytes {
  private byte[] bytes;
  private int size;

  /**
   * Starts empty.
   *
   * @param expected how many bytes it will be about
   */
  MsgpackBytes(int expected) {
    this.bytes = new byte[Math.max(expected, 16)];
  }

  int size() {
    return size;
  }

  void raw(byte[] msgpack) {
    append(msgpack);
  }

  void nil() {
    one(0xC0);
  }

  void bool(boolean value) {
    one(value ? 0xC3 : 0xC2);
  }

  void integer(long value) {
    if (value >= 0) {
      unsigned(value);
    } else if (value >= -32) {
      one((int) value);
    } else if (value >= Byte.MIN_VALUE) {
      prefixed(0xD0, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      prefixed(0xD1, value, 2);
    } else if (value >= Integer.MIN_VALUE) {
      prefixed(0xD2, value, 4);
    } else {
      prefixed(0xD3, value, 8);
    }
  }

  private void unsigned(long value) {
    if (value < 0x80) {
      one((int) value);
    } else if (value < 0x100) {
      prefixed(0xCC, value, 1);
    } else if (value < 0x1_0000) {
      prefixed(0xCD, value, 2);
    } else if (value < 0x1_0000_0000L) {
      prefixed(0xCE, value, 4);
    } else {
      prefixed(0xCF, value, 8);
    }
  }

  /** A number from 2⁶³ up to 2⁶⁴ − 1, as the bits of an unsigned one. */
  void unsignedBits(long bits) {
    prefixed(0xCF, bits, 8);
  }

  void float64(double value) {
    prefixed(0xCB, Double.doubleToRawLongBits(value), 8);
  }

  void text(byte[] utf8) {
    int length = utf8.length;
    if (length < 32) {
      one(0xA0 | length);
    } else if (length < 0x100) {
      prefixed(0xD9, length, 1);
    } else {
      sized(0xDA, length);
    }
    append(utf8);
  }

  void binary(byte[] value) {
    if (value.length < 0x100) {
      prefixed(0xC4, value.length, 1);
    } else {
      sized(0xC5, value.length);
    }
    append(value);
  }

  void array(int count) {
    if (count < 16) {
      one(0x90 | count);
    } else {
      sized(0xDC, count);
    }
  }

  void map(int entries) {
    if (entries < 16) {
      one(0x80 | entries);
    } else {
      sized(0xDE, entries);
    }
  }

  /**
   * Says how many entries the map has whose header was written as that of an empty one.
   *
   * @param at where the header stands
   */
  void countMap(int at, int entries) {
    if (entries >= 16) {
      int more = entries < 0x1_0000 ? 2 : 4;
      room(more);
      System.arraycopy(bytes, at + 1, bytes, at + 1 + more, size - at - 1);
      int end = size + more;
      size = at;
      map(entries);
      size = end;
    } else {
      bytes[at] = (byte) (0x80 | entries);
    }
  }

  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** A prefix with 16 bits, or the next one with 32. */
  private void sized(int prefix, int length) {
    if (length < 0x1_0000) {
      prefixed(prefix, length, 2);
    } else {
      prefixed(prefix + 1, length, 4);
    }
  }

  private void prefixed(int prefix, long value, int width) {
    room(width + 1);
    bytes[size++] = (byte) prefix;
    for (int shift = (width - 1) << 3; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void one(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  private void append(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
    }
  }
}
