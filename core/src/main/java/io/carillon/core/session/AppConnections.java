package io.carillon.core.session;

import io.carillon.core.engine.Occupancy;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelId;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One application's connections: this node's, and how many the others had when it last asked, which
 * it does while connections come. They are counted as subscriptions are, so those of a dead node go
 * by themselves; when nobody answers the last answer counts. State is guarded by this.
 */
final class AppConnections {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Occupancy occupancy;
  private final Ticker ticker;
  private final ChannelId counted;
  private int here;
  private int elsewhere;
  private boolean asked;
  private long askedAt;

  /**
   * @param counted a channel of the application that nothing else is counted on
   */
  AppConnections(Occupancy occupancy, Ticker ticker, ChannelId counted) {
    this.occupancy = occupancy;
    this.ticker = ticker;
    this.counted = counted;
  }

  /** Counts one more; or the reason why not, and nothing is counted. */
  synchronized @Nullable ErrorCode enter(int limit) {
    lookAround();
    if (here >= limit) {
      return ErrorCode.CONNECTION_QUOTA;
    }
    if (here + elsewhere >= limit) {
      return ErrorCode.CONNECTIONS_ELSEWHERE;
    }
    here++;
    occupancy.added(counted);
    return null;
  }

  synchronized void leave() {
    here--;
    occupancy.removed(counted);
  }

  private void lookAround() {
    long now = ticker.nanos();
    if (asked && now - askedAt < FRESH_NANOS) {
      return;
    }
    asked = true;
    askedAt = now;
    int ours = here;
    occupancy
        .subscriptions(counted)
        .whenComplete(
            (total, failure) -> {
              if (total != null) {
                heard(total - ours);
              }
            });
  }

  private synchronized void heard(int others) {
    elsewhere = Math.max(0, others);
  }
}
