package io.carillon.edge.conformance;

import io.carillon.edge.fixture.RawTcp;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that builds its frames by hand, and puts what it hears into words: {@code answer} to a
 * message, {@code pong} with the right payload, {@code close 1002} with the end of the connection
 * right behind it. Not thread-safe.
 */
final class Peer implements AutoCloseable {
  private static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  private static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;

  /** Shorter than the time that the server gives a client that it has told goodbye. */
  private static final int END_MILLIS = 3_000;

  private final Endpoint endpoint;
  private final RawTcp tcp;
  private final Deque<byte[]> pings = new ArrayDeque<>();
  private int chop = Integer.MAX_VALUE;

  /** What was agreed on of an offer, to be heard first; null without an offer. */
  private @Nullable String agreed;

  private Peer(Endpoint endpoint, RawTcp tcp) {
    this.endpoint = endpoint;
    this.tcp = tcp;
  }

  /** Opens a connection that has been greeted, with an offer of extensions unless it is empty. */
  static Peer open(Endpoint endpoint, int port, String offer) throws IOException {
    Peer peer = new Peer(endpoint, new RawTcp(port));
    List<String> all = new ArrayList<>();
    if (!offer.isEmpty()) {
      all.add("Sec-WebSocket-Extensions: " + offer);
    }
    if (!endpoint.subprotocol().isEmpty()) {
      all.add("Sec-WebSocket-Protocol: " + endpoint.subprotocol());
    }
    String head = peer.tcp.upgrade(endpoint.path(), all.toArray(String[]::new));
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(head);
    }
    peer.agreed = offer.isEmpty() ? null : agreement(head);
    for (String hello : endpoint.greeting()) {
      peer.frame(FIN | peer.opcode(), endpoint.encoded(hello));
    }
    peer.tcp.nextFrame();
    return peer;
  }

  private static String agreement(String head) {
    if (!head.contains("\r\nSec-WebSocket-Extensions: ")) {
      return "plain";
    }
    String both = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    if (!head.contains("\r\nSec-WebSocket-Extensions: " + both)) {
      return "something else";
    }
    return head.contains("; server_max_window_bits=15\r\n") ? "deflate 15" : "deflate";
  }

  /** Whether messages may be compressed. */
  boolean compresses() {
    return agreed != null && agreed.startsWith("deflate");
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** From now on no write is longer. */
  Peer chops(int bytes) {
    chop = bytes;
    return this;
  }

  /** Any frame, masked, its length in the shortest form. */
  Peer frame(int first, byte[] payload) throws IOException {
    return raw(RawTcp.frame(first, payload));
  }

  /** Bytes as they are, in writes of what {@link #chops} says. */
  Peer raw(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += Math.min(chop, bytes.length - at)) {
      tcp.send(Arrays.copyOfRange(bytes, at, at + Math.min(chop, bytes.length - at)));
    }
    return this;
  }

  /** The opcode in which this endpoint's messages go. */
  int opcode() {
    return endpoint.isBinary() ? BINARY : TEXT;
  }

  /** A message that is answered. */
  Peer message() throws IOException {
    return message(Endpoint.PROBE_MIN);
  }

  Peer message(int size) throws IOException {
    return frame(FIN | opcode(), endpoint.probe(size));
  }

  /** A text message of this content. */
  Peer text(byte[] content) throws IOException {
    return frame(FIN | TEXT, content);
  }

  /** A message that is answered, its frames without FIN but for the last. */
  Peer fragments(byte[] content, int size) throws IOException {
    for (int at = 0; at < content.length; at += size) {
      int to = Math.min(content.length, at + size);
      int first = at == 0 ? opcode() : CONTINUATION;
      frame(to == content.length ? FIN | first : first, Arrays.copyOfRange(content, at, to));
    }
    return this;
  }

  /** A ping, whose pong has to bring the payload back. */
  Peer ping(byte[] payload) throws IOException {
    pings.add(payload);
    return frame(FIN | PING, payload);
  }

  /** A close frame with a code and a reason. */
  Peer goodbye(int code, byte[] reason) throws IOException {
    byte[] payload = new byte[2 + reason.length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(reason, 0, payload, 2, reason.length);
    return frame(FIN | CLOSE, payload);
  }

  /** The next so many things that come, and nothing behind the end. */
  List<String> hear(int count) throws IOException {
    List<String> heard = new ArrayList<>();
    if (agreed != null) {
      heard.add(agreed);
    }
    while (heard.size() < count) {
      RawTcp.Frame frame = tcp.nextFrame();
      heard.add(wordFor(frame));
      if ((frame.firstByte() & 0xF) == CLOSE) {
        return heard;
      }
    }
    return heard;
  }

  private String wordFor(RawTcp.Frame frame) throws IOException {
    String payload = frame.payload();
    return switch (frame.firstByte()) {
      case FIN | TEXT, FIN | BINARY -> wordFor(payload);
      case FIN | 0xA ->
          pings.isEmpty() || !Arrays.equals(pings.removeFirst(), frame.bytes())
              ? "another pong"
              : "pong";
      case FIN | CLOSE -> closed(frame);
      default -> "frame " + Integer.toHexString(frame.firstByte());
    };
  }

  private static String wordFor(String message) {
    return message.contains("pong")
        ? "answer"
        : message.contains("fatal")
            ? "go"
            : message.contains("err") ? "error" : "message " + message;
  }

  /** What the server has to say last, and that it then closes the connection. */
  private String closed(RawTcp.Frame frame) throws IOException {
    if (frame.bytes().length < 2) {
      return "close without a code";
    }
    int code = (frame.payload().charAt(0) << 8) | frame.payload().charAt(1);
    if (code == 1003 || code >= 4000) {
      goodbye(code, new byte[0]); // it is not a breach of framing: the server waits for this
    }
    return "close " + code + (tcp.endsWithin(END_MILLIS) ? "" : ", but the connection stays open");
  }

  @Override
  public void close() throws IOException {
    tcp.close();
  }
}
