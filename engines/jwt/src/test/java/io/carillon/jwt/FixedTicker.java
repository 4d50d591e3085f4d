package io.carillon.jwt;

import io.carillon.core.runtime.Ticker;

/** Time that stands still. Immutable. */
record FixedTicker(long seconds) implements Ticker {
  @Override
  public long nanos() {
    return seconds * 1_000_000_000;
  }

  @Override
  public long epochMillis() {
    return seconds * 1_000;
  }
}
