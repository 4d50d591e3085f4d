package io.carillon.edge.carrier.websocket;

import io.carillon.edge.carrier.Framing;
import io.carillon.edge.protocol.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unmasked, final frames as a server sends them (RFC 6455, 5.2). Immutable. */
final class WebSocketFraming implements Framing {
  static final WebSocketFraming TEXT = new WebSocketFraming(Opcode.TEXT);
  static final WebSocketFraming BINARY = new WebSocketFraming(Opcode.BINARY);

  private static final int FIN = 0x80;
  private static final int HEADER_MAX = 10;
  private static final int REASON_MAX = 123;

  private final Opcode opcode;

  private WebSocketFraming(Opcode opcode) {
    this.opcode = opcode;
  }

  /** The frames in which the dialect's messages go. */
  static WebSocketFraming of(Dialect dialect) {
    return dialect.isBinary() ? BINARY : TEXT;
  }

  @Override
  public int frameBytes(byte[] message) {
    return HEADER_MAX + message.length;
  }

  @Override
  public void frame(byte[] message, ByteBuf out) {
    frame(opcode, message, out);
  }

  static ByteBuf control(Opcode opcode, byte[] payload, ByteBufAllocator allocator) {
    ByteBuf frame = allocator.buffer(HEADER_MAX + payload.length);
    frame(opcode, payload, frame);
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

  private static void frame(Opcode opcode, byte[] payload, ByteBuf out) {
    out.writeByte(FIN | opcode.value());
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
