package io.carillon.edge.format;

import io.carillon.core.model.Utf8;
import java.io.IOException;

/**
 * Reads one MessagePack header after the other, with the value where that is no map or array, and
 * checks that what it claims can be there. Not thread-safe.
 */
final class MsgpackHeader {
  /** What a header begins. */
  enum Type {
    NIL,
    FALSE,
    TRUE,
    /** Fits into a signed number of 64 bits. */
    INTEGER,
    /** From 2⁶³ on. */
    UNSIGNED,
    FLOAT,
    TEXT,
    BINARY,
    ARRAY,
    MAP,
    EXTENSION
  }

  private final byte[] in;
  private int position;
  private Type type = Type.NIL;
  private long integer;
  private double floating;
  private int from;
  private int to;
  private int count;

  MsgpackHeader(byte[] message) {
    this.in = message;
  }

  boolean isAtEnd() {
    return position == in.length;
  }

  Type type() {
    return type;
  }

  /** The number, or the bits of one from 2⁶³ on. */
  long integer() {
    return integer;
  }

  double floating() {
    return floating;
  }

  /** Where the text or the binary value begins. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** How many elements the array or entries the map has. */
  int count() {
    return count;
  }

  /** Reads the next header; a text has been checked to be UTF-8. */
  Type read() throws IOException {
    int first = (int) fixed(1);
    type = first < 0x80 || first >= 0xE0 ? small(first) : first < 0xC0 ? shortOf(first) : of(first);
    return type;
  }

  private Type small(int first) {
    integer = (byte) first;
    return Type.INTEGER;
  }

  /** Headers that hold their own length. */
  private Type shortOf(int first) throws IOException {
    if (first < 0x90) {
      return map(first & 0x0F);
    }
    return first < 0xA0 ? array(first & 0x0F) : text(first & 0x1F);
  }

  private Type of(int first) throws IOException {
    return switch (first) {
      case 0xC0 -> Type.NIL;
      case 0xC2 -> Type.FALSE;
      case 0xC3 -> Type.TRUE;
      case 0xC4, 0xC5, 0xC6 -> binary(fixed(1 << (first - 0xC4)));
      case 0xC7, 0xC8, 0xC9 -> extension(fixed(1 << (first - 0xC7)));
      case 0xCA -> floating(Float.intBitsToFloat((int) fixed(4)));
      case 0xCB -> floating(Double.longBitsToDouble(fixed(8)));
      case 0xCC, 0xCD, 0xCE, 0xCF -> unsigned(fixed(1 << (first - 0xCC)));
      case 0xD0, 0xD1, 0xD2, 0xD3 -> signed(1 << (first - 0xD0));
      case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> extension(1L << (first - 0xD4));
      case 0xD9, 0xDA, 0xDB -> text(fixed(1 << (first - 0xD9)));
      case 0xDC, 0xDD -> array(fixed(2 << (first - 0xDC)));
      case 0xDE, 0xDF -> map(fixed(2 << (first - 0xDE)));
      default -> throw new IOException("a header that MessagePack never uses");
    };
  }

  private Type signed(int bytes) throws IOException {
    int unused = Long.SIZE - (bytes << 3);
    integer = fixed(bytes) << unused >> unused;
    return Type.INTEGER;
  }

  private Type unsigned(long bits) {
    integer = bits;
    return bits < 0 ? Type.UNSIGNED : Type.INTEGER;
  }

  private Type floating(double value) {
    floating = value;
    return Type.FLOAT;
  }

  private Type text(long length) throws IOException {
    bytes(length);
    if (!Utf8.isValid(in, from, to)) {
      throw new IOException("a text that is not UTF-8");
    }
    return Type.TEXT;
  }

  private Type binary(long length) throws IOException {
    bytes(length);
    return Type.BINARY;
  }

  private Type extension(long length) throws IOException {
    fixed(1);
    bytes(length);
    return Type.EXTENSION;
  }

  private void bytes(long length) throws IOException {
    if (length > in.length - position) {
      throw cutOff();
    }
    from = position;
    position += (int) length;
    to = position;
  }

  private Type array(long elements) throws IOException {
    count = counted(elements, 1);
    return Type.ARRAY;
  }

  private Type map(long entries) throws IOException {
    count = counted(entries, 2);
    return Type.MAP;
  }

  /** A value takes a byte at least. */
  private int counted(long values, int bytesEach) throws IOException {
    if (values * bytesEach > in.length - position) {
      throw cutOff();
    }
    return (int) values;
  }

  /** A big-endian number of so many bytes, without a sign where it is shorter than eight. */
  private long fixed(int bytes) throws IOException {
    if (bytes > in.length - position) {
      throw cutOff();
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (in[position++] & 0xFF);
    }
    return value;
  }

  private static IOException cutOff() {
    return new IOException("cut off");
  }
}
