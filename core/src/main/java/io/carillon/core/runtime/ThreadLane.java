package io.carillon.core.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane with a daemon thread of its own, for upkeep that belongs to no connection. */
public final class ThreadLane implements Lane, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLane.class);

  private final String name;
  private final ScheduledExecutorService executor;
  private volatile @Nullable Thread thread;

  public ThreadLane(String name) {
    this.name = name;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = Thread.ofPlatform().daemon().name(name).unstarted(task);
              thread = made;
              return made;
            });
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(guarded(task));
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    ScheduledFuture<?> future =
        executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a task of lane {} failed", name, e);
      }
    };
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  @Override
  public String toString() {
    return name;
  }
}
