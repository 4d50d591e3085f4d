package io.carillon.edge.carrier.sse;

import io.carillon.edge.carrier.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Events of a {@code text/event-stream} (WHATWG HTML, 9.2), one for each frame, with the frame's
 * type as the event's. Chunked events are whole chunks (RFC 9112, 7.1), so that these bytes too are
 * the same for every stream. Stateless.
 */
final class SseFraming implements Framing {
  static final SseFraming CHUNKED = new SseFraming(true);

  /** For HTTP/1.0, whose responses end with the connection. */
  static final SseFraming BARE = new SseFraming(false);

  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] END = ascii("\n\n");
  private static final byte[] TYPE = ascii("{\"t\":\"");
  private static final byte[] LINE = ascii("\r\n");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
  private static final int TYPE_BYTES_MAX = 16;

  /** Eight digits of a chunk's size, the lines around it, and the fields around a message. */
  private static final int AROUND = 64;

  private final boolean chunked;

  private SseFraming(boolean chunked) {
    this.chunked = chunked;
  }

  @Override
  public int frameBytes(byte[] message) {
    return AROUND + TYPE_BYTES_MAX + message.length;
  }

  @Override
  public void frame(byte[] message, ByteBuf out) {
    int type = typeBytes(message);
    int size = DATA.length + message.length + END.length;
    begin(type == 0 ? size : size + EVENT.length + type + 1, out);
    if (type > 0) {
      out.writeBytes(EVENT).writeBytes(message, TYPE.length, type).writeByte('\n');
    }
    out.writeBytes(DATA);
    writeLine(message, out);
    out.writeBytes(END);
    end(out);
  }

  /** Lines that are no message: a comment, an id, a time to wait; with the empty line. */
  ByteBuf lines(String ascii, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(AROUND + ascii.length());
    begin(ascii.length(), out);
    out.writeCharSequence(ascii, StandardCharsets.US_ASCII);
    end(out);
    return out;
  }

  /** What ends the response. */
  ByteBuf last(ByteBufAllocator allocator) {
    return chunked
        ? allocator.buffer(LAST_CHUNK.length).writeBytes(LAST_CHUNK)
        : allocator.buffer(0);
  }

  private void begin(int size, ByteBuf out) {
    if (chunked) {
      out.writeCharSequence(Integer.toHexString(size), StandardCharsets.US_ASCII);
      out.writeBytes(LINE);
    }
  }

  private void end(ByteBuf out) {
    if (chunked) {
      out.writeBytes(LINE);
    }
  }

  /** A line break can only stand between the tokens of a JSON text, where a space does as well. */
  private static void writeLine(byte[] message, ByteBuf out) {
    int begin = out.writerIndex();
    out.writeBytes(message);
    for (int i = 0; i < message.length; i++) {
      if (message[i] == '\n' || message[i] == '\r') {
        out.setByte(begin + i, ' ');
      }
    }
  }

  /** How long the type is that every frame begins with; 0 when this one does not. */
  private static int typeBytes(byte[] message) {
    for (int i = 0; i < TYPE.length; i++) {
      if (message.length <= i || message[i] != TYPE[i]) {
        return 0;
      }
    }
    int length = 0;
    while (length <= TYPE_BYTES_MAX && TYPE.length + length < message.length) {
      byte b = message[TYPE.length + length];
      if (b < 'a' || b > 'z') {
        return b == '"' ? length : 0;
      }
      length++;
    }
    return 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
