package io.carillon.client.testing;

import io.carillon.client.internal.Lane;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs clients and their server without threads: whoever gives it something to do runs all that
 * follows from it, one task at a time, before it goes on. What belongs to the lane comes first,
 * then what may wait: listeners, token suppliers, futures. Time passes only when it is told to. Any
 * thread may use it; while one runs the lane, what others give is run by that one.
 */
final class TestLane implements Lane {
  private record Due(long at, long order, Runnable task) {}

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> outside = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
  private final ThreadLocal<Boolean> working = ThreadLocal.withInitial(() -> false);

  /** Confined to the lane. */
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));

  private long order;
  private volatile long now;
  private volatile double chance = 0.5;

  /** Who moves time, also by waiting for something: the test. */
  private volatile Thread driver = Thread.currentThread();

  TestLane(long now) {
    this.now = now;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    work();
  }

  /** For what may wait; also an executor of listeners. */
  void executeOutside(Runnable task) {
    outside.add(task);
    work();
  }

  private void work() {
    drain();
    if (!isCurrent() && !working.get()) {
      working.set(true);
      try {
        workAll();
      } finally {
        working.set(false);
      }
    }
  }

  private void workAll() {
    drain();
    for (Runnable task = outside.poll(); task != null; task = outside.poll()) {
      run(task);
      drain();
    }
  }

  /** Runs the lane, unless somebody does. */
  private void drain() {
    Thread self = Thread.currentThread();
    while (!tasks.isEmpty() && runner.compareAndSet(null, self)) {
      try {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          run(task);
        }
      } finally {
        runner.set(null);
      }
    }
  }

  /** An error of one task must be seen, and must not end the others. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }

  /** The answer of something that runs on the lane, after all that follows from it has run. */
  <T> T ask(Supplier<T> question) {
    if (isCurrent()) {
      return question.get();
    }
    driver = Thread.currentThread();
    CompletableFuture<T> answer = new CompletableFuture<>();
    execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException | Error thrown) {
            answer.completeExceptionally(thrown);
          }
        });
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  void tell(Runnable task) {
    ask(
        () -> {
          task.run();
          return true;
        });
  }

  void advance(long millis) {
    if (isCurrent()) {
      throw new IllegalStateException("advance: in the client's own code (expected: in a test)");
    }
    tell(() -> {});
    long end = now + millis;
    workAll();
    while (fire(end, () -> false)) {
      workAll();
    }
    now = Math.max(now, end);
  }

  void sleep(long millis) {
    tell(
        () -> {
          long later = now + millis;
          now = later;
        });
  }

  /** Lets time pass up to the next timer, if that is not too far; afterwards is for the caller. */
  private boolean fire(long end, BooleanSupplier enough) {
    return ask(
        () -> {
          Due next = timers.peek();
          if (enough.getAsBoolean() || next == null || next.at() > end) {
            return false;
          }
          timers.remove();
          now = Math.max(now, next.at());
          next.task().run();
          return true;
        });
  }

  /** A test that waits for an answer lets time pass; other threads wait until it does. */
  @Override
  public void beforeWait(BooleanSupplier until) {
    workAll();
    while (Thread.currentThread() == driver
        && !until.getAsBoolean()
        && fire(Long.MAX_VALUE, until)) {
      workAll();
    }
  }

  @Override
  public Timer schedule(long millis, Runnable task) {
    Due due = new Due(now + Math.max(0, millis), order++, task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  int timers() {
    return ask(timers::size);
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public double chance() {
    return chance;
  }

  void setChance(double value) {
    chance = value;
  }

  @Override
  public boolean isCurrent() {
    return runner.get() == Thread.currentThread();
  }
}
