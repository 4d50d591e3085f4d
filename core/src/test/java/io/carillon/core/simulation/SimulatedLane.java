package io.carillon.core.simulation;

import io.carillon.core.runtime.Lane;
import java.time.Duration;
import java.util.ArrayDeque;

/** A lane whose turns come when the agenda says so, until its node is killed. For one thread. */
final class SimulatedLane implements Lane {
  private static final int TURN_MILLIS = 3;

  private final String name;
  private final Agenda agenda;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean current;
  private boolean dead;
  private boolean timerless;
  private boolean turning;

  SimulatedLane(String name, Agenda agenda) {
    this.name = name;
    this.agenda = agenda;
  }

  /** Nothing of it runs any more. */
  void kill() {
    dead = true;
    tasks.clear();
  }

  /** A fault: what is scheduled never comes. */
  void setTimerless() {
    timerless = true;
  }

  @Override
  public boolean isCurrent() {
    return current;
  }

  @Override
  public void execute(Runnable task) {
    if (!dead) {
      tasks.add(task);
      turnLater();
    }
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    boolean[] cancelled = new boolean[1];
    if (!timerless) {
      agenda.at(
          agenda.ticker().nanos() + delay.toNanos(),
          () -> {
            if (!cancelled[0] && !dead) {
              perform(task);
            }
          });
    }
    return () -> cancelled[0] = true;
  }

  private void turnLater() {
    if (!turning) {
      turning = true;
      agenda.within(TURN_MILLIS, this::turn);
    }
  }

  /** What came before the turn runs in it; what comes meanwhile waits for the next. */
  private void turn() {
    for (int left = tasks.size(); left > 0 && !dead; left--) {
      perform(tasks.removeFirst());
    }
    turning = false;
    if (!tasks.isEmpty()) {
      turnLater();
    }
  }

  private void perform(Runnable task) {
    current = true;
    try {
      task.run();
    } finally {
      current = false;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
