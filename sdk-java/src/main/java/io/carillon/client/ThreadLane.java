package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A lane on one daemon thread, which ends when nothing is left to do. Thread-safe. */
final class ThreadLane implements Lane {
  private static final int IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  ThreadLane() {
    executor = new ScheduledThreadPoolExecutor(1, this::newThread);
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  private Thread newThread(Runnable work) {
    Thread made = new Thread(work, "carillon-client");
    made.setDaemon(true);
    thread = made;
    return made;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  @Override
  public Timer schedule(long millis, Runnable task) {
    ScheduledFuture<?> future =
        executor.schedule(() -> run(task), Math.max(0, millis), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  /** An error of one task must be seen, and must not end the others. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      Threads.report(thrown);
    }
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }
}
