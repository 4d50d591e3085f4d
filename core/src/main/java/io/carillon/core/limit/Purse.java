package io.carillon.core.limit;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.engine.Counters.Part;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.runtime.TokenBucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What this node has of an application's budget. It takes parts, each about a tenth of a second's
 * worth, before it needs them, and never waits for one: until the next comes it spends on credit,
 * as much as its share of what was left when it last heard. Debts are paid from the next parts, so
 * over time the budget holds, and for a moment all nodes together exceed it by once a budget at
 * most.
 *
 * <p>When the budget cannot be reached, an equal share of it counts on each node.
 *
 * <p>While there is enough, taking is one exchange of a number, and saying how much is left takes
 * no lock. All else is guarded by this.
 */
final class Purse {
  /** Parts in a second. */
  private static final int PARTS = 10;

  /** A budget that was found empty is not asked again before. */
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  /** What has not answered by then cannot be reached. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

  /** How long a node stands alone before it asks again. */
  private static final long ALONE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final Counters counters;
  private final Ticker ticker;
  private final Budget budget;
  private final long part;

  /** Below 0 for debts. Not looked at while the node stands alone. */
  private final AtomicLong balance = new AtomicLong();

  /** Told in each answer to a request, so that it has to be read without a lock. */
  private volatile Heard heard;

  private boolean asking;
  private long askedAt;
  private long askAgainAt;
  private volatile @Nullable TokenBucket alone;

  Purse(Counters counters, Ticker ticker, Budget budget) {
    this.counters = counters;
    this.ticker = ticker;
    this.budget = budget;
    this.part = Math.max(1, budget.perSecond() / PARTS);
    this.heard = new Heard(budget.perSecond(), ticker.nanos());
    this.askAgainAt = heard.at();
  }

  /** How much of the budget was there when it last answered. */
  private record Heard(long left, long at) {}

  /**
   * Takes so many, all or none; more than there are when there is one at least.
   *
   * @return 0, or in how many nanoseconds there will be one
   */
  long take(long amount) {
    long there = balance.get();
    boolean enough = alone == null && there - amount >= part / 2;
    return enough && balance.compareAndSet(there, there - amount) ? 0 : takeSlowly(amount);
  }

  private synchronized long takeSlowly(long amount) {
    long now = ticker.nanos();
    long there = balance.get();
    if (there - amount < part / 2 && !asking && now - askAgainAt >= 0) {
      ask(part + amount - there, now);
    }
    if (alone == null && asking && now - askedAt > PATIENCE_NANOS) {
      standAlone();
    }
    TokenBucket bucket = alone;
    if (bucket != null) {
      return takeAlone(bucket, amount);
    }
    long room = balance.get() + credit(now);
    if (room < 1) {
      return nanosUntil(1 - room, share());
    }
    balance.addAndGet(-amount);
    return 0;
  }

  /** What was taken and not used after all. */
  void giveBack(long amount) {
    balance.addAndGet(amount);
  }

  /** About how much of the budget is there now. */
  long left() {
    TokenBucket bucket = alone;
    long there = bucket == null ? balance.get() + estimate(ticker.nanos()) : bucket.left();
    return Math.clamp(there, 0, (long) budget.perSecond());
  }

  private void ask(long wanted, long now) {
    long most = Math.min(wanted, budget.perSecond());
    asking = true;
    askedAt = now;
    counters.take(budget, most).whenComplete((got, failure) -> answered(got, most));
  }

  /** Is called within {@link #ask} when the budget is at hand. */
  private synchronized void answered(@Nullable Part got, long wanted) {
    long now = ticker.nanos();
    asking = false;
    if (got == null) {
      askAgainAt = now + ALONE_NANOS;
      standAlone();
      return;
    }
    alone = null;
    balance.addAndGet(got.taken());
    heard = new Heard(got.left(), now);
    askAgainAt = got.taken() < wanted ? now + PAUSE_NANOS : now;
  }

  private void standAlone() {
    if (alone == null) {
      alone = TokenBucket.steady(ticker, share());
    }
  }

  private long takeAlone(TokenBucket bucket, long amount) {
    return bucket.tryTakeOnCredit(amount) ? 0 : nanosUntil(1 - bucket.left(), share());
  }

  /** This node's share of what should be there now. */
  private long credit(long now) {
    return estimate(now) / Math.max(1, counters.nodes());
  }

  private long estimate(long now) {
    Heard last = heard;
    long since = Math.clamp(now - last.at(), 0, SECOND_NANOS);
    long refilled = since * budget.perSecond() / SECOND_NANOS;
    return Math.min(budget.perSecond(), last.left() + refilled);
  }

  private int share() {
    return Math.max(1, budget.perSecond() / Math.max(1, counters.nodes()));
  }

  private static long nanosUntil(long tokens, int perSecond) {
    return Math.max(1, tokens) * SECOND_NANOS / perSecond;
  }
}
