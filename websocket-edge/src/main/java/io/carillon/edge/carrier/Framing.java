package io.carillon.edge.carrier;

import io.netty.buffer.ByteBuf;

/** How a carrier delimits messages on its wire. */
public interface Framing {
  /** Appends the message in its frame. */
  void frame(byte[] message, ByteBuf out);

  /** An upper bound for the bytes that {@link #frame} appends. */
  int frameBytes(byte[] message);
}
