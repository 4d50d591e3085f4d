package io.carillon.contract;

import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when it is told to. Thread-safe. */
public final class HandTicker implements Ticker {
  /** Any moment will do; this one is in November 2026. */
  private static final long START_MILLIS = 1_795_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long epochMillis() {
    return START_MILLIS + Duration.ofNanos(nanos.get()).toMillis();
  }
}
