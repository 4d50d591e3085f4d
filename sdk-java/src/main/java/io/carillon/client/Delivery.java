package io.carillon.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what it is given on an executor, one after the other and in order, and never two at once.
 * Thread-safe, without a lock: whoever puts the first one in starts a run that ends with the last.
 */
final class Delivery {
  private final Executor executor;
  private final int capacity;
  private final Runnable roomAgain;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  /**
   * @param capacity from which on {@link #hasRoom} says no
   * @param roomAgain runs whenever the queue has shrunk to half of it
   */
  Delivery(Executor executor, int capacity, Runnable roomAgain) {
    this.executor = executor;
    this.capacity = capacity;
    this.roomAgain = roomAgain;
  }

  boolean hasRoom() {
    return size.get() < capacity;
  }

  /** All that was put in is done; on the thread that puts in, it stays so until it does. */
  boolean isIdle() {
    return size.get() == 0;
  }

  boolean isHalfEmpty() {
    return size.get() <= capacity / 2;
  }

  /** A caller that can do without looks for room first. */
  void put(Runnable task) {
    queue.add(task);
    if (size.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException shutDown) {
        queue.clear();
        size.set(0);
        Threads.report(shutDown);
      }
    }
  }

  private void drain() {
    int left;
    do {
      Runnable task = queue.remove();
      try {
        task.run();
      } catch (RuntimeException | Error thrown) {
        Threads.report(thrown);
      }
      left = size.decrementAndGet();
      if (left == capacity / 2) {
        roomAgain.run();
      }
    } while (left > 0);
  }
}
