package io.carillon.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Writes down what a listener is told, in order, and waits for it. Thread-safe. */
final class Recorder<T> {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final List<T> told = new ArrayList<>();

  synchronized void add(T event) {
    told.add(event);
    notifyAll();
  }

  synchronized List<T> all() {
    return List.copyOf(told);
  }

  /** What was told so far, once it is as it should be; fails when that does not come. */
  synchronized List<T> await(Predicate<List<T>> wanted) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!wanted.test(told)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("was told " + told.size() + " events only: " + told);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting", e);
      }
    }
    return all();
  }
}
