package io.carillon.core.session;

import io.carillon.core.auth.TokenLimits;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.Limit;
import io.carillon.core.runtime.Ticker;
import org.jspecify.annotations.Nullable;

/** How much one connection may do, and how much of it is used. Confined to its lane. */
final class Quotas {
  private final Ticker ticker;
  private @Nullable EventRate events;
  private @Nullable EventRate publishes;
  private @Nullable EventRate subscriptions;

  Quotas(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Why there may not be one channel more, or null. */
  static @Nullable Problem channels(App app, Rights rights, int subscribed) {
    int limit = rights.limits().channelsWithin(app.settings().limits().channelsPerConnection());
    return subscribed < limit ? null : Problem.of(ErrorCode.CHANNEL_QUOTA, String.valueOf(limit));
  }

  /** Takes one client event; or the reason why it is too many. */
  @Nullable Problem event(App app) {
    if (events == null) {
      events = new EventRate(ticker);
    }
    return events.refusal(app.settings().limits().clientEventsPerSecond());
  }

  /** Takes one subscription beyond the first ones; or the reason why it comes too early. */
  @Nullable Problem subscription(App app) {
    if (subscriptions == null) {
      subscriptions = new EventRate(ticker);
    }
    return subscriptions.refusal(
        (int) app.settings().limits().of(Limit.SUBSCRIPTIONS_PER_SECOND),
        ErrorCode.SUBSCRIPTION_RATE);
  }

  /** Takes one message; or the reason why the token's limit does not have it. */
  @Nullable Problem publish(Rights rights) {
    TokenLimits limits = rights.limits();
    Integer perSecond = limits.publishes();
    if (perSecond == null) {
      return null;
    }
    if (publishes == null) {
      publishes = new EventRate(ticker);
    }
    return publishes.refusal(perSecond);
  }
}
