package io.carillon.edge.carrier;

import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.SharedFrame;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The framed messages of one channel and turn, joined in one reference-counted buffer. Every
 * connection gets the same bytes, so that a turn costs each of them one write whatever it holds.
 * Confined to the lane that encoded it.
 */
public final class JoinedFrame implements SharedFrame {
  private final ByteBuf buffer;

  /** Where each part ends. */
  private final int[] ends;

  private final List<Delivery> deliveries;

  /**
   * A frame, for the turn that it is handed out in.
   *
   * @param deliveries what the parts say, one each; read only while the frame is handed out
   */
  public JoinedFrame(ByteBuf buffer, int[] ends, List<Delivery> deliveries) {
    this.buffer = buffer;
    this.ends = ends;
    this.deliveries = deliveries;
  }

  /** What the part says. */
  public Delivery delivery(int part) {
    return deliveries.get(part);
  }

  /** The parts from the first up to but not including the last, retained for the caller. */
  public ByteBuf parts(int from, int to) {
    if (from == 0 && to == ends.length) {
      // shares the count of the buffer, so that a connection costs one object and no recycler
      return buffer.retain().duplicate();
    }
    int start = from == 0 ? 0 : ends[from - 1];
    return buffer.retainedSlice(start, ends[to - 1] - start);
  }

  @Override
  public boolean isEmpty() {
    return !buffer.isReadable();
  }

  @Override
  public int bytes(int from, int to) {
    return ends[to - 1] - (from == 0 ? 0 : ends[from - 1]);
  }

  @Override
  public void release() {
    buffer.release();
  }
}
