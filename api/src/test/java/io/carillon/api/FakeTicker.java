package io.carillon.api;

import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that a test moves. Thread-safe. */
public final class FakeTicker implements Ticker {
  private final long startMillis;
  private final AtomicLong nanos = new AtomicLong();

  public FakeTicker(long startSeconds) {
    this.startMillis = startSeconds * 1_000;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long epochMillis() {
    return startMillis + nanos.get() / 1_000_000;
  }

  public long epochSeconds() {
    return epochMillis() / 1_000;
  }

  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
