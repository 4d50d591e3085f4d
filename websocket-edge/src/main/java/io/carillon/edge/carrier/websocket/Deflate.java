package io.carillon.edge.carrier.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and inflates whole messages (RFC 7692, 7.2). No message builds on another, so that an
 * event loop needs one state for all its connections and an idle connection has none. Thread-safe.
 */
final class Deflate {
  /** An empty block, which ends each message and is not sent. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  /**
   * A final block with nothing in it, read behind {@link #TAIL}: it ends what stands between two
   * blocks, and is data of a block that was cut off.
   */
  private static final byte[] END = {3, 0};

  /** How many times longer a message is expected to be than what it was compressed to. */
  private static final int GROWTH_EXPECTED = 4;

  private static final int OUTPUT_MIN = 256;

  private static final FastThreadLocal<Inflater> INFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Inflater initialValue() {
          return new Inflater(true);
        }

        @Override
        protected void onRemoval(Inflater inflater) {
          inflater.end();
        }
      };

  private static final FastThreadLocal<Deflater> DEFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
          return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
          deflater.end();
        }
      };

  private Deflate() {}

  /**
   * The message that was compressed. At no time more than {@code bytesMax} and the same again is
   * allocated.
   *
   * @return null when it is longer than {@code bytesMax}
   * @throws DataFormatException when it is not in the format
   */
  static byte @Nullable [] inflate(byte[] compressed, int bytesMax) throws DataFormatException {
    Inflater inflater = INFLATER.get();
    try {
      inflater.setInput(compressed);
      return inflate(inflater, compressed, bytesMax);
    } finally {
      inflater.reset();
    }
  }

  private static byte @Nullable [] inflate(Inflater inflater, byte[] compressed, int bytesMax)
      throws DataFormatException {
    long guess = (long) compressed.length * GROWTH_EXPECTED;
    byte[] out = new byte[(int) Math.min(Math.max(guess, OUTPUT_MIN), bytesMax)];
    byte[] beyond = new byte[1];
    byte[] input = compressed;
    int size = 0;
    while (true) {
      boolean full = size == out.length;
      int count = full ? inflater.inflate(beyond) : inflater.inflate(out, size, out.length - size);
      if (full && count > 0) {
        if (size == bytesMax) {
          return null;
        }
        out = Arrays.copyOf(out, (int) Math.min(2L * size + 1, bytesMax));
        out[size] = beyond[0];
      }
      size += count;
      if (inflater.needsDictionary()) {
        throw new DataFormatException("a dictionary that nobody agreed on");
      }
      if (inflater.finished() && inflater.getRemaining() == 0) {
        if (input == TAIL || (input == END && count > 0)) {
          throw cutOff();
        }
        return size == out.length ? out : Arrays.copyOf(out, size);
      }
      if (inflater.finished()) {
        startOver(inflater, input);
      } else if (count == 0) {
        input = behind(input);
        inflater.setInput(input);
      }
    }
  }

  private static byte[] behind(byte[] input) throws DataFormatException {
    if (input == END) {
      throw cutOff();
    }
    return input == TAIL ? END : TAIL;
  }

  private static DataFormatException cutOff() {
    return new DataFormatException("cut off inside a block");
  }

  /** Behind a final block other blocks may follow in the same message (7.2.3.4). */
  private static void startOver(Inflater inflater, byte[] input) throws DataFormatException {
    if (input == TAIL || input == END) {
      throw cutOff();
    }
    int left = inflater.getRemaining();
    inflater.reset();
    inflater.setInput(input, input.length - left, left);
  }

  /** The message compressed, or null when that does not make it shorter. */
  static byte @Nullable [] deflate(byte[] message) {
    Deflater deflater = DEFLATER.get();
    try {
      deflater.setInput(message);
      byte[] out = new byte[message.length];
      int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      return size == out.length ? null : Arrays.copyOf(out, size - TAIL.length);
    } finally {
      deflater.reset();
    }
  }
}
