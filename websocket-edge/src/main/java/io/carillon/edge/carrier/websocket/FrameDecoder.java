package io.carillon.edge.carrier.websocket;

import io.carillon.edge.format.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's bytes into messages and control frames, and the first breach of RFC 6455 into a
 * close code, after which it reads nothing more. Confined to the connection's event loop. An idle
 * decoder holds no buffer.
 */
final class FrameDecoder {
  /** Where decoded things go. */
  interface Sink {
    /** A whole text message, valid UTF-8. */
    void text(byte[] message);

    void binary(byte[] message);

    void ping(byte[] payload);

    void pong();

    /**
     * The client closes.
     *
     * @param code its close code, or 1005 when it gave none
     */
    void closed(int code);

    /** The client broke the protocol. */
    void violated(int code, String reason);
  }

  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int NO_CODE = 1005;
  static final int INVALID_TEXT = 1007;
  static final int TOO_BIG = 1009;

  private static final int CONTROL_MAX = 125;

  /** Says that a message is compressed (RFC 7692, 6). */
  private static final int RSV1 = 0x40;

  private final int messageBytesMax;
  private final Compression compression;

  /** Bytes of a frame that has not come whole yet. */
  private @Nullable ByteBuf rest;

  /** Fragments of a message that has not come whole yet. */
  private @Nullable ByteArrayOutputStream fragments;

  private @Nullable Opcode fragmented;

  /** Whether the message that has begun is compressed. */
  private boolean compressed;

  private boolean ended;

  FrameDecoder(int messageBytesMax, Compression compression) {
    this.messageBytesMax = messageBytesMax;
    this.compression = compression;
  }

  /** Decodes what came; the caller keeps its reference to the buffer. */
  void feed(ByteBuf input, ByteBufAllocator allocator, Sink sink) {
    ByteBuf source = input;
    if (rest != null) {
      rest.writeBytes(input);
      source = rest;
    }
    while (!ended && decodeFrame(source, sink)) {
      // one frame after the other
    }
    if (ended || !source.isReadable()) {
      release();
    } else if (rest == null) {
      rest = allocator.heapBuffer(source.readableBytes());
      rest.writeBytes(source);
    } else {
      rest.discardReadBytes();
    }
  }

  /** Lets go of what was kept. */
  void release() {
    if (rest != null) {
      rest.release();
      rest = null;
    }
  }

  private boolean decodeFrame(ByteBuf in, Sink sink) {
    int start = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    Opcode opcode = Opcode.of(first & 0x0F);
    boolean last = (first & 0x80) != 0;
    String breach = breachOf(first, second, opcode, last);
    if (breach != null || opcode == null) {
      return end(sink, PROTOCOL_ERROR, breach == null ? "reserved opcode" : breach);
    }
    int shortLength = second & 0x7F;
    int header = shortLength == 127 ? 14 : shortLength == 126 ? 8 : 6;
    if (available < header) {
      return false;
    }
    long length = lengthOf(in, start, shortLength);
    if (length < 0) {
      return end(sink, PROTOCOL_ERROR, "length not in its shortest form");
    }
    if (!opcode.isControl() && length + gathered() > messageBytesMax) {
      return end(sink, TOO_BIG, "message over " + messageBytesMax + " bytes");
    }
    if (available < header + length) {
      return false;
    }
    byte[] payload = new byte[(int) length];
    in.getBytes(start + header, payload);
    unmask(payload, in.getInt(start + header - 4));
    in.readerIndex(start + header + payload.length);
    if (opcode.isControl()) {
      control(opcode, payload, sink);
    } else {
      if (opcode != Opcode.CONTINUATION) {
        compressed = (first & RSV1) != 0;
      }
      data(opcode, last, payload, sink);
    }
    return true;
  }

  private @Nullable String breachOf(int first, int second, @Nullable Opcode opcode, boolean last) {
    if ((first & reservedBits(opcode)) != 0) {
      return "reserved bits set";
    }
    if (opcode == null) {
      return "reserved opcode " + (first & 0x0F);
    }
    if ((second & 0x80) == 0) {
      return "frame not masked";
    }
    if (opcode.isControl()) {
      return last && (second & 0x7F) <= CONTROL_MAX ? null : "control frame fragmented or too long";
    }
    boolean continues = opcode == Opcode.CONTINUATION;
    if (continues != (fragmented != null)) {
      return continues ? "nothing to continue" : "message inside a fragmented message";
    }
    return null;
  }

  /** Only the first frame of a message can say that it is compressed. */
  private int reservedBits(@Nullable Opcode opcode) {
    boolean begins = opcode == Opcode.TEXT || opcode == Opcode.BINARY;
    return begins && compression == Compression.DEFLATE ? 0x70 & ~RSV1 : 0x70;
  }

  /** The payload's length, or -1 when it should have been written shorter. */
  private static long lengthOf(ByteBuf in, int start, int shortLength) {
    if (shortLength < 126) {
      return shortLength;
    }
    if (shortLength == 126) {
      int length = in.getUnsignedShort(start + 2);
      return length < 126 ? -1 : length;
    }
    long length = in.getLong(start + 2);
    return length < 65_536 ? -1 : length;
  }

  private int gathered() {
    return fragments == null ? 0 : fragments.size();
  }

  private static void unmask(byte[] payload, int mask) {
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - ((i & 3) << 3)));
    }
  }

  private void data(Opcode opcode, boolean last, byte[] payload, Sink sink) {
    if (last && opcode != Opcode.CONTINUATION) {
      message(opcode, payload, sink);
      return;
    }
    if (fragments == null) {
      fragments = new ByteArrayOutputStream(payload.length);
      fragmented = opcode;
    }
    fragments.writeBytes(payload);
    if (last) {
      byte[] whole = fragments.toByteArray();
      Opcode kind = fragmented == null ? opcode : fragmented;
      fragments = null;
      fragmented = null;
      message(kind, whole, sink);
    }
  }

  private void message(Opcode opcode, byte[] payload, Sink sink) {
    if (!compressed) {
      plain(opcode, payload, sink);
      return;
    }
    byte[] inflated;
    try {
      inflated = Deflate.inflate(payload, messageBytesMax);
    } catch (DataFormatException e) {
      end(sink, INVALID_TEXT, "not in the format of RFC 7692");
      return;
    }
    if (inflated == null) {
      end(sink, TOO_BIG, "message over " + messageBytesMax + " bytes");
    } else {
      plain(opcode, inflated, sink);
    }
  }

  private void plain(Opcode opcode, byte[] payload, Sink sink) {
    if (opcode == Opcode.BINARY) {
      sink.binary(payload);
    } else if (Utf8.isValid(payload, 0, payload.length)) {
      sink.text(payload);
    } else {
      end(sink, INVALID_TEXT, "text is not UTF-8");
    }
  }

  private void control(Opcode opcode, byte[] payload, Sink sink) {
    switch (opcode) {
      case PING -> sink.ping(payload);
      case PONG -> sink.pong();
      default -> closed(payload, sink);
    }
  }

  private void closed(byte[] payload, Sink sink) {
    if (payload.length == 0) {
      ended = true;
      sink.closed(NO_CODE);
      return;
    }
    if (payload.length == 1) {
      end(sink, PROTOCOL_ERROR, "close code cut off");
      return;
    }
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    if (!isSendable(code)) {
      end(sink, PROTOCOL_ERROR, "close code " + code);
    } else if (!Utf8.isValid(payload, 2, payload.length)) {
      end(sink, INVALID_TEXT, "close reason is not UTF-8");
    } else {
      ended = true;
      sink.closed(code);
    }
  }

  /** Close codes that may stand in a frame (RFC 6455, 7.4, and the registry it opened). */
  private static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006))
        || (code >= 3000 && code <= 4999);
  }

  private boolean end(Sink sink, int code, String reason) {
    ended = true;
    fragments = null;
    sink.violated(code, reason);
    return false;
  }
}
