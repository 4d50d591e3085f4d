package io.carillon.core.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Serial execution: tasks of one lane never overlap and run in the order in which they came. State
 * that is confined to a lane needs no lock. A connection's lane is its event loop.
 */
public interface Lane extends Executor {
  /** Whether the calling thread is running a task of this lane. */
  boolean isCurrent();

  /** Runs the task on this lane after the delay, unless the lane has ended by then. */
  Timer schedule(Runnable task, Duration delay);

  /** Runs the task now when on this lane already, else as {@link #execute} does. */
  default void run(Runnable task) {
    if (isCurrent()) {
      task.run();
    } else {
      execute(task);
    }
  }

  /** Fails when the calling thread is not on this lane. */
  default void assertCurrent() {
    if (!isCurrent()) {
      throw new IllegalStateException(
          "called on " + Thread.currentThread().getName() + " (expected: on lane " + this + ")");
    }
  }

  /** A task that waits for its time. */
  interface Timer {
    /** Makes sure that the task does not start any more. */
    void cancel();
  }
}
