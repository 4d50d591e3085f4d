package io.carillon.core.session;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.runtime.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast one connection may send events: so many in each second that begins with the first one.
 * Confined to the connection's lane.
 */
final class EventRate {
  private final TimeMeter meter;
  private @Nullable Bucket bucket;
  private int perSecond;

  EventRate(Ticker ticker) {
    this.meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return ticker.nanos();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
  }

  /** Takes one event; or the reason why it is too many. */
  @Nullable Problem refusal(int limit) {
    return tryTake(limit)
        ? null
        : Problem.of(ErrorCode.CLIENT_EVENT_RATE, limit + " per second are allowed");
  }

  /** Whether one more event is within the limit, which may have changed since the last one. */
  boolean tryTake(int limit) {
    if (bucket == null || perSecond != limit) {
      perSecond = limit;
      bucket =
          Bucket.builder()
              .addLimit(
                  bandwidth ->
                      bandwidth.capacity(limit).refillIntervally(limit, Duration.ofSeconds(1)))
              .withCustomTimePrecision(meter)
              .build();
    }
    return bucket.tryConsume(1);
  }
}
