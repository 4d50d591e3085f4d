package io.carillon.edge.carrier.websocket;

import io.carillon.core.model.Utf8;
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

  private static final int CONTROL_MAX = 125;

  private static final String NOT_TEXT = "text is not UTF-8";

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

  /** What {@link Utf8} says of the text that has come so far of a message that is not whole. */
  private int textState = Utf8.WHOLE;

  /** How many bytes of the frame that has begun are part of that. */
  private int textChecked;

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
      return end(sink, CloseCode.PROTOCOL_ERROR, breach == null ? "reserved opcode" : breach);
    }
    int shortLength = second & 0x7F;
    int header = shortLength == 127 ? 14 : shortLength == 126 ? 8 : 6;
    if (available < header) {
      return false;
    }
    long length = lengthOf(in, start, shortLength);
    if (length < 0) {
      return end(sink, CloseCode.PROTOCOL_ERROR, "length not in its shortest form");
    }
    // not the sum of both, which the largest length would make negative
    if (!opcode.isControl() && length > messageBytesMax - gathered()) {
      return end(sink, CloseCode.TOO_BIG, "message over " + messageBytesMax + " bytes");
    }
    if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
      compressed = (first & RSV1) != 0;
    }
    if (available < header + length) {
      if (isPlainText(opcode) && isBroken(in, start + header)) {
        end(sink, CloseCode.INVALID_DATA, NOT_TEXT);
      }
      return false;
    }
    byte[] payload = new byte[(int) length];
    in.getBytes(start + header, payload);
    unmask(payload, in.getInt(start + header - 4));
    in.readerIndex(start + header + payload.length);
    if (opcode.isControl()) {
      control(opcode, payload, sink);
    } else {
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
      payload[i] ^= maskAt(mask, i);
    }
  }

  private static byte maskAt(int mask, int index) {
    return (byte) (mask >>> (24 - ((index & 3) << 3)));
  }

  /** Whether the frame is a part of a text that can be read before its message is whole. */
  private boolean isPlainText(Opcode opcode) {
    Opcode kind = opcode == Opcode.CONTINUATION ? fragmented : opcode;
    return kind == Opcode.TEXT && !compressed;
  }

  /** Whether what has come of a text's frame is wrong already. */
  private boolean isBroken(ByteBuf in, int payloadStart) {
    int mask = in.getInt(payloadStart - 4);
    int arrived = in.writerIndex() - payloadStart;
    while (textChecked < arrived && textState != Utf8.BROKEN) {
      int next = in.getByte(payloadStart + textChecked) ^ maskAt(mask, textChecked);
      textState = Utf8.step(textState, next & 0xFF);
      textChecked++;
    }
    return textState == Utf8.BROKEN;
  }

  private void data(Opcode opcode, boolean last, byte[] payload, Sink sink) {
    if (isPlainText(opcode)) {
      textState = Utf8.check(textState, payload, textChecked, payload.length);
      textChecked = 0;
      if (textState == Utf8.BROKEN || (last && textState != Utf8.WHOLE)) {
        end(sink, CloseCode.INVALID_DATA, NOT_TEXT);
        return;
      }
    }
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
      deliver(opcode, payload, sink);
      return;
    }
    byte[] inflated;
    try {
      inflated = Deflate.inflate(payload, messageBytesMax);
    } catch (DataFormatException e) {
      end(sink, CloseCode.INVALID_DATA, "not in the format of RFC 7692");
      return;
    }
    if (inflated == null) {
      end(sink, CloseCode.TOO_BIG, "message over " + messageBytesMax + " bytes");
    } else if (opcode == Opcode.TEXT && !Utf8.isValid(inflated, 0, inflated.length)) {
      end(sink, CloseCode.INVALID_DATA, NOT_TEXT);
    } else {
      deliver(opcode, inflated, sink);
    }
  }

  private static void deliver(Opcode opcode, byte[] message, Sink sink) {
    if (opcode == Opcode.BINARY) {
      sink.binary(message);
    } else {
      sink.text(message);
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
      sink.closed(CloseCode.NONE);
      return;
    }
    if (payload.length == 1) {
      end(sink, CloseCode.PROTOCOL_ERROR, "close code cut off");
      return;
    }
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    if (!CloseCode.isSendable(code)) {
      end(sink, CloseCode.PROTOCOL_ERROR, "close code " + code);
    } else if (!Utf8.isValid(payload, 2, payload.length)) {
      end(sink, CloseCode.INVALID_DATA, "close reason is not UTF-8");
    } else {
      ended = true;
      sink.closed(code);
    }
  }

  private boolean end(Sink sink, int code, String reason) {
    ended = true;
    fragments = null;
    sink.violated(code, reason);
    return false;
  }
}
