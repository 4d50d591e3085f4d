package io.carillon.core.account;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.runtime.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often somebody may try to come in: from one address, and at one account. Counted on each node
 * for itself. What was not tried for long is forgotten first, so a flood costs a bounded amount of
 * memory. Guarded by itself.
 */
public final class AttemptLimits {
  static final int BY_ADDRESS = 60;
  static final int BY_ACCOUNT = 10;
  static final Duration PERIOD = Duration.ofMinutes(5);

  /** Six digits can be guessed by whoever has the password and the patience. */
  static final int CODES_A_DAY = 50;

  private static final int KEPT_MAX = 50_000;
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final Meter meter;
  private final Map<String, Bucket> byAddress = forgetful();
  private final Map<String, Bucket> byAccount = forgetful();
  private final Map<String, Bucket> codes = forgetful();

  public AttemptLimits(Ticker ticker) {
    this.meter = new Meter(ticker);
  }

  @SuppressWarnings("serial")
  private static Map<String, Bucket> forgetful() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
        return size() > KEPT_MAX;
      }
    };
  }

  /** Counts an attempt; answers why it is one too many, or null. */
  public synchronized @Nullable Problem attempt(Source from) {
    return take(byAddress, network(from.address()), BY_ADDRESS, "this address");
  }

  /** As {@link #attempt(Source)}, at an account that may exist or not. */
  public synchronized @Nullable Problem attempt(Source from, EmailAddress account) {
    Problem refusal = attempt(from);
    return refusal != null ? refusal : take(byAccount, account.value(), BY_ACCOUNT, "this account");
  }

  /** As {@link #attempt(Source)}, with a code of the account's second factor. */
  public synchronized @Nullable Problem attemptCode(Source from, EmailAddress account) {
    Problem refusal = attempt(from);
    if (refusal != null) {
      return refusal;
    }
    ConsumptionProbe probe =
        codes
            .computeIfAbsent(account.value(), absent -> codeBucket())
            .tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? null
        : refusal(
            probe,
            BY_ACCOUNT
                + " codes in "
                + PERIOD.toMinutes()
                + " minutes and "
                + CODES_A_DAY
                + " a day are allowed for this account");
  }

  /** Who has a network of version 6 has 2^64 addresses. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length > 4 && !address.contains("::")
        ? String.join(":", groups[0], groups[1], groups[2], groups[3])
        : address;
  }

  private @Nullable Problem take(
      Map<String, Bucket> buckets, String key, int attempts, String whose) {
    ConsumptionProbe probe =
        buckets.computeIfAbsent(key, absent -> bucket(attempts)).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return null;
    }
    return refusal(
        probe, attempts + " in " + PERIOD.toMinutes() + " minutes are allowed for " + whose);
  }

  private static Problem refusal(ConsumptionProbe probe, String allowed) {
    return Problem.of(ErrorCode.TOO_MANY_ATTEMPTS, allowed)
        .after(probe.getNanosToWaitForRefill() / MILLI_NANOS + 1);
  }

  private Bucket codeBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(BY_ACCOUNT).refillGreedy(BY_ACCOUNT, PERIOD))
        .addLimit(
            limit -> limit.capacity(CODES_A_DAY).refillGreedy(CODES_A_DAY, Duration.ofDays(1)))
        .withCustomTimePrecision(meter)
        .build();
  }

  private Bucket bucket(int attempts) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, PERIOD))
        .withCustomTimePrecision(meter)
        .build();
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
