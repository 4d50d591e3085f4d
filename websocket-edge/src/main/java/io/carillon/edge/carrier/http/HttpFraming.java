package io.carillon.edge.carrier.http;

import io.carillon.edge.carrier.Framing;
import io.carillon.edge.format.JsonBytes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The frames of pusher-js' HTTP transports, one a line; the first character says what it is.
 * Stateless.
 */
final class HttpFraming implements Framing {
  static final HttpFraming MESSAGES = new HttpFraming();

  static final byte[] OPEN = line("o");
  static final byte[] HEARTBEAT = line("h");

  private HttpFraming() {}

  /** An array with one message. */
  static byte[] message(byte[] message) {
    return new JsonBytes(message.length * 5 / 4 + 8).raw("a[").string(message).raw("]\n").toBytes();
  }

  /** The end, with the same codes as a WebSocket's. */
  static byte[] close(int code, String reason) {
    return new JsonBytes(64).raw("c[").number(code).raw(",").string(reason).raw("]\n").toBytes();
  }

  @Override
  public void frame(byte[] message, ByteBuf out) {
    out.writeBytes(message(message));
  }

  @Override
  public int frameBytes(byte[] message) {
    return message.length * 5 / 4 + 8;
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
