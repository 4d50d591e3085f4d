package io.carillon.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How often something was tried, counted for all nodes together.
 *
 * <p>Thread-safe. No call blocks; every stage completes and may complete on any thread.
 */
public interface SharedAttempts {
  /**
   * Counts an attempt, if it is allowed.
   *
   * @return in how many milliseconds the next one is; 0 when this one was. Fails when that cannot
   *     be found out; then it may have been counted
   */
  CompletionStage<Long> attempt(Attempt attempt);

  /**
   * What is tried.
   *
   * @param what kind of thing and which one; nobody is shown it
   * @param limits all of which have to allow it
   */
  record Attempt(String what, List<Limit> limits) {
    public Attempt {
      limits = List.copyOf(limits);
    }
  }

  /**
   * How often it may be tried.
   *
   * @param most 1 or more
   */
  record Limit(int most, Duration within) {}

  /** Those of a node that stands alone. */
  SharedAttempts NONE =
      attempt ->
          CompletableFuture.failedFuture(new IllegalStateException("this node shares no attempts"));
}
