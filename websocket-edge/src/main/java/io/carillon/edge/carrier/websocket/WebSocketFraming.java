package io.carillon.edge.carrier.websocket;

import io.carillon.edge.carrier.Framing;
import io.carillon.edge.protocol.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unmasked, final frames as a server sends them (RFC 6455, 5.2; RFC 7692, 7.2.1). Immutable. */
enum WebSocketFraming implements Framing {
  TEXT(Opcode.TEXT, Compression.NONE),
  BINARY(Opcode.BINARY, Compression.NONE),
  TEXT_DEFLATED(Opcode.TEXT, Compression.DEFLATE),
  BINARY_DEFLATED(Opcode.BINARY, Compression.DEFLATE);

  /** Shorter messages are not worth the time. */
  static final int DEFLATE_BYTES_MIN = 1_024;

  private static final int RSV1 = 0x40;

  private static final int FIN = 0x80;
  private static final int HEADER_MAX = 10;
  private static final int REASON_MAX = 123;

  private final Opcode opcode;
  private final Compression compression;

  WebSocketFraming(Opcode opcode, Compression compression) {
    this.opcode = opcode;
    this.compression = compression;
  }

  /** The frames in which the dialect's messages go. */
  static WebSocketFraming of(Dialect dialect, Compression compression) {
    return switch (compression) {
      case NONE -> dialect.isBinary() ? BINARY : TEXT;
      case DEFLATE -> dialect.isBinary() ? BINARY_DEFLATED : TEXT_DEFLATED;
    };
  }

  @Override
  public int frameBytes(byte[] message) {
    return HEADER_MAX + message.length;
  }

  @Override
  public void frame(byte[] message, ByteBuf out) {
    byte[] shorter =
        compression == Compression.DEFLATE && message.length >= DEFLATE_BYTES_MIN
            ? Deflate.deflate(message)
            : null;
    if (shorter == null) {
      frame(opcode.value(), message, out);
    } else {
      frame(RSV1 | opcode.value(), shorter, out);
    }
  }

  static ByteBuf control(Opcode opcode, byte[] payload, ByteBufAllocator allocator) {
    ByteBuf frame = allocator.buffer(HEADER_MAX + payload.length);
    frame(opcode.value(), payload, frame);
    return frame;
  }

  /** A close frame; the reason is cut to what a control frame can hold. */
  static ByteBuf close(int code, String reason, ByteBufAllocator allocator) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, REASON_MAX);
    while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
      length--; // not in the middle of a character
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(Arrays.copyOf(text, length), 0, payload, 2, length);
    return control(Opcode.CLOSE, payload, allocator);
  }

  private static void frame(int firstBits, byte[] payload, ByteBuf out) {
    out.writeByte(FIN | firstBits);
    int length = payload.length;
    if (length < 126) {
      out.writeByte(length);
    } else if (length < 65_536) {
      out.writeByte(126);
      out.writeShort(length);
    } else {
      out.writeByte(127);
      out.writeLong(length);
    }
    out.writeBytes(payload);
  }
}
