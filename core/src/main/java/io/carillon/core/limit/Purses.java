package io.carillon.core.limit;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.runtime.Ticker;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node has of all budgets. Thread-safe; holds a few numbers for each budget that was used
 * here since the start.
 */
final class Purses {
  private final Counters counters;
  private final Ticker ticker;
  private final ConcurrentHashMap<Budget, Purse> all = new ConcurrentHashMap<>();

  Purses(Counters counters, Ticker ticker) {
    this.counters = counters;
    this.ticker = ticker;
  }

  Purse of(Budget budget) {
    return all.computeIfAbsent(budget, its -> new Purse(counters, ticker, its));
  }
}
