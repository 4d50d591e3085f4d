package io.carillon.core.testing;

import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A lane that runs when a test says so, on the test's thread. */
public final class FakeLane implements Lane {
  private final String name;
  private final Ticker ticker;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<FakeTimer> timers = new ArrayList<>();
  private boolean current;

  public FakeLane(String name, Ticker ticker) {
    this.name = name;
    this.ticker = ticker;
  }

  @Override
  public boolean isCurrent() {
    return current;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    FakeTimer timer = new FakeTimer(task, ticker.nanos() + delay.toNanos());
    timers.add(timer);
    return timer;
  }

  /** Runs the task as one of this lane, before those that wait. */
  public void turn(Runnable task) {
    boolean before = current;
    current = true;
    try {
      task.run();
    } finally {
      current = before;
    }
  }

  /** Runs what waits and what is due, until nothing is left. */
  public void runAll() {
    while (runOne()) {}
  }

  /** Runs one task or timer; false when there is none. */
  public boolean runOne() {
    Runnable task = tasks.pollFirst();
    if (task == null) {
      FakeTimer due =
          timers.stream()
              .min(Comparator.comparingLong(timer -> timer.at))
              .filter(timer -> timer.at <= ticker.nanos())
              .orElse(null);
      if (due == null) {
        return false;
      }
      timers.remove(due);
      task = due.task;
    }
    turn(task);
    return true;
  }

  @Override
  public String toString() {
    return name;
  }

  private final class FakeTimer implements Timer {
    private final Runnable task;
    private final long at;

    FakeTimer(Runnable task, long at) {
      this.task = task;
      this.at = at;
    }

    @Override
    public void cancel() {
      timers.remove(this);
    }
  }
}
