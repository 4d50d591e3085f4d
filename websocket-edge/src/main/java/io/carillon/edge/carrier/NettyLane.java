package io.carillon.edge.carrier;

import io.carillon.core.runtime.Lane;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An event loop as a lane, so that a connection's state needs no lock and no hop. */
final class NettyLane implements Lane {
  private final EventLoop loop;

  NettyLane(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    if (loop.isShuttingDown()) {
      return () -> {};
    }
    ScheduledFuture<?> future = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public String toString() {
    return loop.toString();
  }
}
