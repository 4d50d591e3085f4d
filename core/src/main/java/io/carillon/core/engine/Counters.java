package io.carillon.core.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Budgets that all nodes share and take parts of, so that none asks for each single thing.
 *
 * <p>Thread-safe. No call blocks; every stage completes and may complete on any thread.
 */
public interface Counters {
  /**
   * Takes what is there, as much as is asked for at most.
   *
   * @param most 1 or more
   * @return fails when the budget cannot be reached in time; then something may have been taken
   */
  CompletionStage<Part> take(Budget budget, long most);

  /** How many nodes shared the budgets when that was last known, this one too; 1 or more. */
  int nodes();

  /**
   * Something of which there is only so much in a second, and as much at once.
   *
   * @param what it is of, in letters and dashes
   * @param whose it is: the id of an application, a key or a tenant
   * @param perSecond 1 or more
   */
  record Budget(String what, String whose, int perSecond) {
    public Budget {
      if (perSecond < 1) {
        throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: 1 or more)");
      }
    }
  }

  /**
   * What a node got.
   *
   * @param taken 0 when there was nothing
   * @param left how much was there behind it
   */
  record Part(long taken, long left) {}

  /** Those of a node that shares nothing: it has to stand alone. */
  Counters NONE =
      new Counters() {
        @Override
        public CompletionStage<Part> take(Budget budget, long most) {
          return CompletableFuture.failedFuture(
              new IllegalStateException("this node shares no budgets"));
        }

        @Override
        public int nodes() {
          return 1;
        }
      };
}
