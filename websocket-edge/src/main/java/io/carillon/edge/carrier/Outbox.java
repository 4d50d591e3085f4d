package io.carillon.edge.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one connection, bounded in bytes; confined to the connection's event loop. While
 * the socket takes everything, writes go straight to it and nothing is queued here.
 */
public final class Outbox {
  private final ChannelHandlerContext context;
  private final int bytesMax;
  private @Nullable ArrayDeque<ByteBuf> queue;
  private int queuedBytes;
  private boolean dirty;

  public Outbox(ChannelHandlerContext context, int bytesMax) {
    this.context = context;
    this.bytesMax = bytesMax;
  }

  /**
   * Takes the buffer over.
   *
   * @return false when it does not fit any more; then the buffer is released and the connection is
   *     too slow
   */
  public boolean write(ByteBuf buffer) {
    if (queue == null && context.channel().isWritable()) {
      dirty = true;
      context.write(buffer, context.voidPromise());
      return true;
    }
    int bytes = buffer.readableBytes();
    if (queuedBytes + bytes > bytesMax) {
      buffer.release();
      return false;
    }
    if (queue == null) {
      queue = new ArrayDeque<>();
    }
    queue.addLast(buffer);
    queuedBytes += bytes;
    return true;
  }

  /** Whether the socket takes more, and nothing waits for it. */
  public boolean isIdle() {
    return queue == null && context.channel().isWritable();
  }

  /** Writes without a bound, past what is queued: for the last words of a connection. */
  public void writeLast(ByteBuf buffer) {
    dirty = true;
    context.write(buffer, context.voidPromise());
  }

  public void flush() {
    if (dirty) {
      dirty = false;
      context.flush();
    }
  }

  /** The socket takes more again. */
  public void drain() {
    ArrayDeque<ByteBuf> waiting = queue;
    if (waiting == null) {
      return;
    }
    while (!waiting.isEmpty() && context.channel().isWritable()) {
      ByteBuf buffer = waiting.removeFirst();
      queuedBytes -= buffer.readableBytes();
      dirty = true;
      context.write(buffer, context.voidPromise());
    }
    if (waiting.isEmpty()) {
      queue = null;
    }
    flush();
  }

  /** Lets go of everything that has not reached the socket's own buffer. */
  public void clear() {
    if (queue != null) {
      queue.forEach(ByteBuf::release);
      queue = null;
      queuedBytes = 0;
    }
  }
}
