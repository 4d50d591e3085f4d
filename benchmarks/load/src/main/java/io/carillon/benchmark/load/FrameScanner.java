package io.carillon.benchmark.load;

import io.carillon.benchmark.measure.Latencies;
import io.carillon.benchmark.profile.Payload;
import io.carillon.benchmark.profile.Profile.Counting;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages in a server's frames as they arrive, in pieces of any size. It looks at the
 * header of each frame and leaps over what follows, or looks for markers in it, and allocates
 * nothing for a message. Confined to the connection's event loop.
 */
public final class FrameScanner {
  /** What is no message. */
  public interface Sink {
    /**
     * A short frame, a control frame, or any frame while everything is collected.
     *
     * @param opcode of RFC 6455
     */
    void frame(int opcode, byte[] payload);
  }

  /** Larger frames are not collected but passed over. */
  private static final int COLLECTED_MAX = 64 * 1024;

  private static final int HEADER_MAX = 10;
  private static final int CONTROL = 0x8;
  private static final long MARKERS = Payload.MARKER * 0x0101010101010101L;
  private static final long LOWEST_BITS = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;

  private final int messageBytesMin;
  private final Sink sink;
  private Counting counting;
  private @Nullable Latencies latencies;
  private boolean collectsAll = true;

  /** The first bytes of a header that has not come whole. */
  private byte @Nullable [] header;

  private int headerBytes;

  private int opcode;
  private long left;
  private boolean counted;
  private byte @Nullable [] collected;
  private int collectedBytes;

  private int stampDigits;
  private long stamp;
  private int messages;

  /**
   * A scanner that collects all frames until {@link #count}.
   *
   * @param messageBytesMin shorter frames are no messages
   */
  public FrameScanner(int messageBytesMin, Counting counting, Sink sink) {
    this.messageBytesMin = messageBytesMin;
    this.counting = counting;
    this.sink = sink;
  }

  /** From the next frame on counts messages. */
  public void count() {
    collectsAll = false;
  }

  /** From the next frame on looks for markers, and records how old their messages are. */
  public void record(Latencies into) {
    counting = Counting.MARKERS;
    latencies = into;
  }

  /**
   * Reads all that is readable.
   *
   * @param nowNanos when it came, by the clock of the stamps
   * @return how many messages were in it
   */
  public int feed(ByteBuf in, long nowNanos) {
    messages = 0;
    int at = in.readerIndex();
    int end = in.writerIndex();
    while (at < end) {
      at = left > 0 ? body(in, at, end, nowNanos) : header(in, at, end);
    }
    in.readerIndex(end);
    return messages;
  }

  private int header(ByteBuf in, int at, int end) {
    if (headerBytes == 0 && end - at >= HEADER_MAX) {
      int length = in.getByte(at + 1) & 0x7F;
      int size = sizeOfHeader(length);
      begin(in.getByte(at), lengthOf(in, at, length));
      return at + size;
    }
    return slowHeader(in, at);
  }

  /** Byte by byte, for a header at the end of what has come. */
  private int slowHeader(ByteBuf in, int at) {
    byte[] gathered = header == null ? new byte[HEADER_MAX] : header;
    header = gathered;
    gathered[headerBytes++] = in.getByte(at);
    if (headerBytes >= 2) {
      int length = gathered[1] & 0x7F;
      if (headerBytes == sizeOfHeader(length)) {
        headerBytes = 0;
        ByteBuf whole = io.netty.buffer.Unpooled.wrappedBuffer(gathered);
        begin(gathered[0], lengthOf(whole, 0, length));
      }
    }
    return at + 1;
  }

  private static int sizeOfHeader(int length) {
    return length < 126 ? 2 : length == 126 ? 4 : HEADER_MAX;
  }

  private static long lengthOf(ByteBuf in, int at, int length) {
    return switch (length) {
      case 126 -> in.getUnsignedShort(at + 2);
      case 127 -> in.getLong(at + 2);
      default -> length;
    };
  }

  private void begin(byte first, long length) {
    opcode = first & 0x0F;
    left = length;
    counted = opcode < CONTROL && !collectsAll && length >= messageBytesMin;
    collected = counted || length > COLLECTED_MAX ? null : new byte[(int) length];
    collectedBytes = 0;
    if (length == 0) {
      end();
    }
  }

  private int body(ByteBuf in, int at, int end, long nowNanos) {
    int bytes = (int) Math.min(left, end - at);
    byte[] target = collected;
    if (target != null) {
      in.getBytes(at, target, collectedBytes, bytes);
      collectedBytes += bytes;
    } else if (counted && counting == Counting.MARKERS) {
      scan(in, at, at + bytes, nowNanos);
    }
    left -= bytes;
    if (left == 0) {
      end();
    }
    return at + bytes;
  }

  private void end() {
    byte[] frame = collected;
    collected = null;
    if (frame != null) {
      sink.frame(opcode, frame);
    } else if (counted && counting == Counting.FRAMES) {
      messages++;
    }
  }

  private void scan(ByteBuf in, int from, int end, long nowNanos) {
    int at = from;
    while (at < end) {
      if (stampDigits > 0) {
        stamp = stamp * 10 + in.getByte(at++) - '0';
        if (--stampDigits == 0 && latencies != null) {
          latencies.record(nowNanos - stamp);
        }
      } else {
        at = marker(in, at, end) + 1;
        if (at <= end) {
          messages++;
          stamp = 0;
          stampDigits = latencies == null ? 0 : Payload.STAMP_DIGITS;
        }
      }
    }
  }

  /** Where the next marker is, or {@code end}; eight bytes at a time. */
  private static int marker(ByteBuf in, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end) {
      long bytes = in.getLongLE(at) ^ MARKERS;
      long zeros = (bytes - LOWEST_BITS) & ~bytes & HIGHEST_BITS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && in.getByte(at) != Payload.MARKER) {
      at++;
    }
    return at;
  }
}
