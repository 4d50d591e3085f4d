package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A lane whose tasks run, and whose time passes, only when the test says so. Confined to the test's
 * thread, but for {@link #execute}.
 */
final class HandLane implements Lane {
  private record Due(long at, long order, Runnable task) {}

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long now = 1_900_000_000_000L;
  private long order;
  private double chance = 0.5;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer schedule(long millis, Runnable task) {
    Due due = new Due(now + Math.max(0, millis), order++, task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public double chance() {
    return chance;
  }

  @Override
  public boolean isCurrent() {
    return false;
  }

  void setChance(double value) {
    chance = value;
  }

  /** How many timers wait, to look for leaks. */
  int timers() {
    return timers.size();
  }

  /** Runs all that is ready, without that time passes. */
  void settle() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Lets so much time pass, with all that it brings, in its order. */
  void advance(long millis) {
    long end = now + millis;
    settle();
    for (Due next = timers.peek(); next != null && next.at() <= end; next = timers.peek()) {
      timers.remove();
      now = Math.max(now, next.at());
      next.task().run();
      settle();
    }
    now = end;
    settle();
  }

  /** The device slept: time has passed, and nothing ran in it. */
  void sleep(long millis) {
    now += millis;
  }
}
