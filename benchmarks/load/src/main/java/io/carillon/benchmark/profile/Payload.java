package io.carillon.benchmark.profile;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The data of a message: a marker that occurs nowhere else, the time of publishing as digits, and
 * filling. It needs no escape in JSON. Immutable.
 *
 * @param bytes its length, at least {@link #BYTES_MIN}
 */
public record Payload(int bytes) {
  public static final byte MARKER = '~';

  /** Of the stamp, nanoseconds of a monotonic clock that publisher and receiver share. */
  public static final int STAMP_DIGITS = 19;

  public static final int SEQUENCE_DIGITS = 15;

  /** JSON knows no zeros in front. */
  static final long SEQUENCE_FIRST = 100_000_000_000_000L;

  public static final int BYTES_MIN = 1 + STAMP_DIGITS;

  private static final byte FILLING = 'x';

  public Payload {
    if (bytes < BYTES_MIN) {
      throw new IllegalArgumentException(
          "payload: " + bytes + " bytes (expected: " + BYTES_MIN + " or more)");
    }
  }

  void write(ByteBuf out, long stamp) {
    out.writeByte(MARKER);
    writeDigits(out, stamp, STAMP_DIGITS);
    for (int i = BYTES_MIN; i < bytes; i++) {
      out.writeByte(FILLING);
    }
  }

  /** One as a text, for messages whose time does not matter. */
  public String text() {
    return new String(new byte[] {MARKER}, StandardCharsets.ISO_8859_1)
        + "0".repeat(STAMP_DIGITS)
        + "x".repeat(bytes - BYTES_MIN);
  }

  static void writeDigits(ByteBuf out, long value, int digits) {
    int end = out.writerIndex() + digits;
    out.ensureWritable(digits);
    long rest = value;
    for (int i = end - 1; i >= end - digits; i--) {
      out.setByte(i, '0' + (int) (rest % 10));
      rest /= 10;
    }
    out.writerIndex(end);
  }
}
