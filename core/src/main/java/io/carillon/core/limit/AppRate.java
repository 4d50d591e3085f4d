package io.carillon.core.limit;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.Limit;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often each application may do one thing in a second, over all nodes; not for messages, of
 * which there are many more. Thread-safe; holds a few numbers for each application that is limited.
 */
public final class AppRate {
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final Limit limit;
  private final ErrorCode answer;
  private final Purses purses;

  private AppRate(Counters counters, Ticker ticker, Limit limit, ErrorCode answer) {
    this.limit = limit;
    this.answer = answer;
    this.purses = new Purses(counters, ticker);
  }

  /** How often connections may be opened. */
  public static AppRate ofConnections(Counters counters, Ticker ticker) {
    return new AppRate(counters, ticker, Limit.CONNECTIONS_PER_SECOND, ErrorCode.CONNECTION_RATE);
  }

  /** How often history may be read. */
  public static AppRate ofHistoryReads(Counters counters, Ticker ticker) {
    return new AppRate(counters, ticker, Limit.HISTORY_READS_PER_SECOND, ErrorCode.HISTORY_RATE);
  }

  /** Counts once; or the reason why not now, with the time after which to try again. */
  public @Nullable Problem take(App app) {
    long perSecond = app.settings().limits().of(limit);
    if (perSecond == Limit.UNLIMITED) {
      return null;
    }
    Budget budget = new Budget(limit.word(), app.id().value(), (int) perSecond);
    long wait = purses.of(budget).take(1);
    return wait == 0
        ? null
        : Problem.of(answer, perSecond + " per second are allowed to the application")
            .after((wait + MILLI_NANOS - 1) / MILLI_NANOS);
  }
}
