package io.carillon.core.runtime;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** So many tokens in a second, and as many at once. Full at first. Thread-safe. */
public final class TokenBucket {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final Bucket bucket;

  private TokenBucket(Bucket bucket) {
    this.bucket = bucket;
  }

  /** One whose tokens come one by one. */
  public static TokenBucket steady(Ticker ticker, int perSecond) {
    return new TokenBucket(
        Bucket.builder()
            .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, SECOND))
            .withCustomTimePrecision(new Meter(ticker))
            .build());
  }

  /** One whose tokens come together, in each second that begins now. */
  public static TokenBucket bySecond(Ticker ticker, int perSecond) {
    return new TokenBucket(
        Bucket.builder()
            .addLimit(limit -> limit.capacity(perSecond).refillIntervally(perSecond, SECOND))
            .withCustomTimePrecision(new Meter(ticker))
            .build());
  }

  /** Takes one, if there is one. */
  public boolean tryTake() {
    return bucket.tryConsume(1);
  }

  /** In how many milliseconds there will be one; 1 or more when there is none now. */
  public long millisUntilOne() {
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return (nanos + MILLI_NANOS - 1) / MILLI_NANOS;
  }

  /** Takes what there is, up to so many; answers how many that were. */
  public long takeUpTo(long most) {
    return bucket.tryConsumeAsMuchAsPossible(most);
  }

  /** Takes so many if there is one at least; what is missing has to come before the next one. */
  public boolean tryTakeOnCredit(long tokens) {
    if (!bucket.tryConsume(1)) {
      return false;
    }
    if (tokens > 1) {
      bucket.consumeIgnoringRateLimits(tokens - 1);
    }
    return true;
  }

  /** How many there are; below 0 when more were taken than there were. */
  public long left() {
    return bucket.getAvailableTokens();
  }

  private record Meter(Ticker ticker) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ticker.nanos();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
