package io.carillon.core.session;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.runtime.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * How fast one connection may send events: so many in each second that begins with the first one.
 * Confined to the connection's lane.
 */
final class EventRate {
  private final Ticker ticker;
  private @Nullable TokenBucket bucket;
  private int perSecond;

  EventRate(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Takes one event; or the reason why it is too many. */
  @Nullable Problem refusal(int limit) {
    return refusal(limit, ErrorCode.CLIENT_EVENT_RATE);
  }

  /** As {@link #refusal(int)}, of something else than events. */
  @Nullable Problem refusal(int limit, ErrorCode answer) {
    return tryTake(limit) || bucket == null
        ? null
        : Problem.of(answer, limit + " per second are allowed").after(bucket.millisUntilOne());
  }

  /** Whether one more event is within the limit, which may have changed since the last one. */
  boolean tryTake(int limit) {
    if (bucket == null || perSecond != limit) {
      perSecond = limit;
      bucket = TokenBucket.bySecond(ticker, limit);
    }
    return bucket.tryTake();
  }
}
