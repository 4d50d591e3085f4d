package io.carillon.acceptance.harness;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How long a test waits for what has to happen. Stateless. */
public final class Deadline {
  /** Ends only tests that fail; a client that backs off comes again after 30 s at most. */
  public static final Duration DEFAULT = Duration.ofSeconds(40);

  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

  private Deadline() {}

  /** The stage's value; its failure, or a missed deadline, fails the test. */
  public static <T> T await(String what, CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(DEFAULT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError("no " + what + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no " + what + " within " + DEFAULT, e);
    }
  }

  /** For what can only be looked at, not listened to. */
  public static void await(String what, BooleanSupplier happened) {
    await(what, DEFAULT, happened);
  }

  /** For what may take longer. */
  public static void await(String what, Duration atMost, BooleanSupplier happened) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no " + what + " within " + atMost);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
