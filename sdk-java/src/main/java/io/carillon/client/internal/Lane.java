package io.carillon.client.internal;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The one place where a client's state changes: tasks run one after the other, in the order in
 * which they came, and never wait for anything. What a class says to be <em>confined to the
 * lane</em> is touched by its tasks only, and so needs no locks. Thread-safe.
 *
 * <p>It is also where time and chance come from, so that tests drive both by hand.
 */
public interface Lane extends Executor {
  /** Milliseconds since 1970. */
  long millis();

  /** Runs the task on the lane after so many milliseconds, or as soon as it can when they are 0. */
  Timer schedule(long millis, Runnable task);

  /** From 0 to below 1. */
  double chance();

  /** Whether the calling code is a task of this lane, which must not wait. */
  boolean isCurrent();

  /**
   * Called by a thread that is about to wait until something is so; where time is moved by hand it
   * may pass meanwhile.
   */
  default void beforeWait(BooleanSupplier until) {}

  /** A task that waits for its time. Confined to the lane. */
  interface Timer {
    /** No time at all. */
    Timer NONE = () -> {};

    /** It does not run any more; idempotent. */
    void cancel();
  }
}
