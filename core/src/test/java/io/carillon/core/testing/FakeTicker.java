package io.carillon.core.testing;

import io.carillon.core.runtime.Ticker;
import java.time.Duration;

/** Time that passes only when it is told to; for one thread. */
public final class FakeTicker implements Ticker {
  private static final long START_MILLIS = 1_795_000_000_000L;

  private long nanos;

  public void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return START_MILLIS + Duration.ofNanos(nanos).toMillis();
  }
}
