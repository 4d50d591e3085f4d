package io.carillon.edge.carrier.poll;

import io.carillon.edge.carrier.Framing;
import io.netty.buffer.ByteBuf;

/** Frames as elements of a JSON array, each with a comma behind it. Stateless. */
final class PollFraming implements Framing {
  static final PollFraming ELEMENTS = new PollFraming();

  private PollFraming() {}

  @Override
  public void frame(byte[] message, ByteBuf out) {
    out.writeBytes(message).writeByte(',');
  }

  @Override
  public int frameBytes(byte[] message) {
    return message.length + 1;
  }
}
