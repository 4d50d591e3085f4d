package io.carillon.chaos.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for real processes, which can only be looked at. Stateless. */
public final class Waiting {
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

  private Waiting() {}

  /** Whether it happened in time. */
  public static boolean until(Duration most, BooleanSupplier happened) {
    long end = System.nanoTime() + most.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  /** Lets time pass, which is what a fault with a duration is made of. */
  public static void pass(Duration time) {
    until(time, () -> false);
  }
}
