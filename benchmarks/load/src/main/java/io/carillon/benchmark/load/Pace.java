package io.carillon.benchmark.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes at a fixed rate. What is late is sent at once, with the stamp of when it was due, so
 * that waiting counts. Confined to the load's event loop, but for {@link #stop}.
 */
public final class Pace {
  private static final long TICK_NANOS = 250_000;

  private final Topic topic;
  private final double perSecond;
  private @Nullable ScheduledFuture<?> timer;
  private long begin;
  private long sent;

  Pace(Topic topic, double perSecond) {
    this.topic = topic;
    this.perSecond = perSecond;
  }

  void start(EventLoop loop) {
    begin = System.nanoTime();
    timer = loop.scheduleAtFixedRate(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    long now = System.nanoTime();
    long due = begin + (long) (sent * 1e9 / perSecond);
    while (due <= now) {
      topic.publish(due);
      sent++;
      due = begin + (long) (sent * 1e9 / perSecond);
    }
  }

  /** Publishes no more; may be called from any thread. */
  public void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
