package io.carillon.core.account;

import io.carillon.core.engine.SharedAttempts;
import io.carillon.core.engine.SharedAttempts.Attempt;
import io.carillon.core.engine.SharedAttempts.Limit;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.runtime.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often somebody may try to come in: from one address, and at one account. Counted on each
 * node, and for all nodes together where they share that; when that cannot be reached, each node
 * goes by its own. What was not tried for long is forgotten first, so a flood costs a bounded
 * amount of memory. Calls may block for {@link #PATIENCE}. What is counted here is guarded by
 * itself.
 */
public final class AttemptLimits {
  static final int BY_ADDRESS = 60;
  static final int BY_ACCOUNT = 10;
  static final Duration PERIOD = Duration.ofMinutes(5);

  /** Six digits can be guessed by whoever has the password and the patience. */
  static final int CODES_A_DAY = 50;

  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLimits.class);
  private static final int KEPT_MAX = 50_000;
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final Meter meter;
  private final SharedAttempts shared;
  private final Map<String, Bucket> byAddress = forgetful();
  private final Map<String, Bucket> byAccount = forgetful();
  private final Map<String, Bucket> codes = forgetful();

  public AttemptLimits(Ticker ticker) {
    this(ticker, SharedAttempts.NONE);
  }

  public AttemptLimits(Ticker ticker, SharedAttempts shared) {
    this.meter = new Meter(ticker);
    this.shared = shared;
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
  public @Nullable Problem attempt(Source from) {
    return take(
        byAddress, new Attempt("address " + network(from), List.of(new Limit(BY_ADDRESS, PERIOD))));
  }

  /** As {@link #attempt(Source)}, at an account that may exist or not. */
  public @Nullable Problem attempt(Source from, EmailAddress account) {
    return attempt(from, account, () -> false);
  }

  /**
   * As {@link #attempt(Source, EmailAddress)}. Guessers who use up what an account allows keep its
   * owner out as well, unless the owner comes from where they came in before: such an address has
   * as much to itself.
   *
   * @param familiar asked only when the account allows no more
   */
  public @Nullable Problem attempt(Source from, EmailAddress account, BooleanSupplier familiar) {
    Problem refusal = attempt(from);
    if (refusal != null) {
      return refusal;
    }
    Problem ofAll = takeOf("account " + account.value());
    return ofAll != null && familiar.getAsBoolean()
        ? takeOf("account and address " + account.value() + "," + network(from))
        : ofAll;
  }

  /** As {@link #attempt(Source)}, by whoever is signed in and shows the password again. */
  @Nullable Problem attemptProof(Source from, EmailAddress account) {
    Problem refusal = attempt(from);
    return refusal != null ? refusal : takeOf("signed-in account " + account.value());
  }

  /** As {@link #attempt(Source)}, of which each is a mail to somebody who may not want it. */
  @Nullable Problem attemptMail(Source from, EmailAddress to) {
    Problem refusal = attempt(from);
    return refusal != null ? refusal : takeOf("recipient " + to.value());
  }

  private @Nullable Problem takeOf(String what) {
    return take(byAccount, new Attempt(what, List.of(new Limit(BY_ACCOUNT, PERIOD))));
  }

  /** As {@link #attempt(Source)}, with a code of the account's second factor. */
  public @Nullable Problem attemptCode(Source from, EmailAddress account) {
    Problem refusal = attempt(from);
    return refusal != null
        ? refusal
        : take(
            codes,
            new Attempt(
                "codes of account " + account.value(),
                List.of(
                    new Limit(BY_ACCOUNT, PERIOD), new Limit(CODES_A_DAY, Duration.ofDays(1)))));
  }

  /** Where somebody comes from: who has a network of version 6 has 2^64 addresses. */
  static String network(Source from) {
    String address = from.address();
    String[] groups = address.split(":", -1);
    return groups.length > 4 && !address.contains("::")
        ? String.join(":", groups[0], groups[1], groups[2], groups[3])
        : address;
  }

  private @Nullable Problem take(Map<String, Bucket> buckets, Attempt attempt) {
    long here = takeHere(buckets, attempt);
    long wait = here > 0 ? here : takeOfAll(attempt);
    if (wait == 0) {
      return null;
    }
    Limit first = attempt.limits().getFirst();
    return Problem.of(
            ErrorCode.TOO_MANY_ATTEMPTS,
            first.most()
                + " in "
                + first.within().toMinutes()
                + " minutes are allowed for this "
                + attempt.what().substring(0, attempt.what().lastIndexOf(' ')))
        .after(wait);
  }

  /** In how many milliseconds this node allows it; 0 for now. */
  private synchronized long takeHere(Map<String, Bucket> buckets, Attempt attempt) {
    ConsumptionProbe probe =
        buckets
            .computeIfAbsent(attempt.what(), absent -> bucket(attempt.limits()))
            .tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill() / MILLI_NANOS + 1;
  }

  /** As {@link #takeHere}, for all nodes together. */
  private long takeOfAll(Attempt attempt) {
    try {
      return shared
          .attempt(attempt)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Attempts are counted by this node alone", e);
    }
    return 0;
  }

  private Bucket bucket(List<Limit> limits) {
    LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(meter);
    for (Limit each : limits) {
      builder.addLimit(
          limit -> limit.capacity(each.most()).refillGreedy(each.most(), each.within()));
    }
    return builder.build();
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
