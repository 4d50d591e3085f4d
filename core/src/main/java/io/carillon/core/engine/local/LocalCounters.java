package io.carillon.core.engine.local;

import io.carillon.core.engine.Counters;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.runtime.TokenBucket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Budgets of a node alone, one for each application that it knows. Thread-safe. */
final class LocalCounters implements Counters {
  private final ConcurrentHashMap<Budget, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final Ticker ticker;

  LocalCounters(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public CompletionStage<Part> take(Budget budget, long most) {
    TokenBucket bucket =
        buckets.computeIfAbsent(budget, its -> TokenBucket.steady(ticker, its.perSecond()));
    long taken = bucket.takeUpTo(most);
    return CompletableFuture.completedFuture(new Part(taken, Math.max(0, bucket.left())));
  }

  @Override
  public int nodes() {
    return 1;
  }
}
