package io.carillon.benchmark.jmh;

import io.carillon.edge.carrier.Outbox;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One connection's turn: so many writes of a shared buffer and one flush, down to the channel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboxBenchmark {
  private static final int OUTBOX_BYTES = 1 << 20;
  private static final int FRAME_BYTES = 200;

  @Param({"1", "8"})
  public int writes = 1;

  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final Outbox outbox = new Outbox(context(), OUTBOX_BYTES);
  private final ByteBuf frame =
      PooledByteBufAllocator.DEFAULT.directBuffer(FRAME_BYTES).writeZero(FRAME_BYTES);

  private ChannelHandlerContext context() {
    return channel.pipeline().firstContext();
  }

  @Benchmark
  public void writeAndFlush() {
    for (int i = 0; i < writes; i++) {
      outbox.write(frame.retainedDuplicate());
    }
    outbox.flush();
    for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      ((ByteBuf) sent).release();
    }
  }

  @TearDown
  public void tearDown() {
    frame.release();
    channel.finishAndReleaseAll();
  }
}
