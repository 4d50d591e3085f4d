package io.carillon.edge.carrier;

import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.SharedFrame;
import io.carillon.edge.protocol.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A dialect's messages in a carrier's framing: one wire format. Thread-safe.
 *
 * <p>There is one instance for each pair, which is how the hub knows who shares a frame.
 */
public final class FramingEncoder implements Encoder {
  private final Dialect dialect;
  private final Framing framing;
  private final ByteBufAllocator allocator;

  private FramingEncoder(Dialect dialect, Framing framing, ByteBufAllocator allocator) {
    this.dialect = dialect;
    this.framing = framing;
    this.allocator = allocator;
  }

  /** The encoders of one carrier, by dialect. Thread-safe. */
  public static final class Registry {
    private final Framing framing;
    private final ByteBufAllocator allocator;
    private final ConcurrentHashMap<Dialect, FramingEncoder> encoders = new ConcurrentHashMap<>();

    public Registry(Framing framing, ByteBufAllocator allocator) {
      this.framing = framing;
      this.allocator = allocator;
    }

    public FramingEncoder of(Dialect dialect) {
      return encoders.computeIfAbsent(dialect, key -> new FramingEncoder(key, framing, allocator));
    }
  }

  @Override
  public boolean mayLeaveOut() {
    return dialect.mayLeaveOut();
  }

  @Override
  public SharedFrame encode(List<Delivery> deliveries) {
    byte[][] messages = new byte[deliveries.size()][];
    int bytes = 0;
    for (int i = 0; i < messages.length; i++) {
      messages[i] = dialect.encodeShared(deliveries.get(i));
      bytes += framing.frameBytes(messages[i]);
    }
    ByteBuf buffer = allocator.directBuffer(bytes);
    int[] ends = new int[messages.length];
    for (int i = 0; i < messages.length; i++) {
      if (messages[i].length > 0) {
        framing.frame(messages[i], buffer);
      }
      ends[i] = buffer.writerIndex();
    }
    return new JoinedFrame(buffer, ends, deliveries);
  }
}
