package io.carillon.core.limit;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many messages each application may publish in a second, over all nodes and by all doors. Asks
 * nobody for a single message, and costs nothing where nothing is limited. Thread-safe; holds a few
 * numbers for each application that published here.
 */
public final class MessageRate {
  /** The limit of a node that has none. */
  public static final MessageRate UNLIMITED = new MessageRate(Counters.NONE, Ticker.SYSTEM, 0);

  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final Counters counters;
  private final Ticker ticker;
  private final int perSecond;
  private final ConcurrentHashMap<AppId, Purse> purses = new ConcurrentHashMap<>();

  /**
   * @param perSecond messages in a second, and as many at once; 0 for no limit
   */
  public MessageRate(Counters counters, Ticker ticker, int perSecond) {
    this.counters = counters;
    this.ticker = ticker;
    this.perSecond = perSecond;
  }

  /**
   * How far an application's budget has been used.
   *
   * @param perSecond messages in a second
   * @param left about how many could be published now, 0 to {@code perSecond}
   */
  public record Level(int perSecond, long left) {}

  /**
   * Counts so many messages, all or none. When there is room for one at least all are taken, and
   * the following ones wait for what was too much: so no batch is too large for ever.
   *
   * @return why they are too many now, with the time after which to try again, or null
   */
  public @Nullable Problem take(AppId app, int messages) {
    if (perSecond == 0 || messages == 0) {
      return null;
    }
    long wait = purse(app).take(messages);
    return wait == 0
        ? null
        : Problem.of(
                ErrorCode.MESSAGE_RATE, perSecond + " per second are allowed to the application")
            .after((wait + MILLI_NANOS - 1) / MILLI_NANOS);
  }

  /** What is left to the application, or null where nothing is limited. */
  public @Nullable Level level(AppId app) {
    return perSecond == 0 ? null : purse(app).level();
  }

  private Purse purse(AppId app) {
    Purse known = purses.get(app);
    return known != null
        ? known
        : purses.computeIfAbsent(
            app, its -> new Purse(counters, ticker, new Budget(its, perSecond)));
  }
}
