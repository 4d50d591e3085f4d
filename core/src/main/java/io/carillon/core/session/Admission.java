package io.carillon.core.session;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.AppRate;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.runtime.Ticker;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections, this node's and those of each application on all nodes, and refuses those
 * beyond a limit. Thread-safe; holds a few numbers for each application that had one here.
 */
public final class Admission {
  private static final ChannelName COUNTED = ChannelName.of("#connections");

  private final int connectionsMax;
  private final Occupancy occupancy;
  private final Ticker ticker;
  private final AppRate rate;
  private volatile boolean shut;
  private final AtomicInteger connections = new AtomicInteger();
  private final ConcurrentHashMap<AppId, AppConnections> ofApp = new ConcurrentHashMap<>();

  /**
   * @param connectionsMax how many connections this node takes
   * @param occupancy counts those of all nodes
   * @param counters say how fast applications may open them
   */
  public Admission(int connectionsMax, Occupancy occupancy, Counters counters, Ticker ticker) {
    this.connectionsMax = connectionsMax;
    this.occupancy = occupancy;
    this.ticker = ticker;
    this.rate = AppRate.ofConnections(counters, ticker);
  }

  /** From now on nobody is let in; who is in may stay. */
  public void shut() {
    shut = true;
  }

  /** Counts one more connection; or the reason why not, and nothing is counted. */
  @Nullable Problem enter(App app) {
    if (shut) {
      return Problem.of(ErrorCode.DRAINING);
    }
    Problem tooFast = rate.take(app);
    if (tooFast != null) {
      return tooFast;
    }
    if (connections.incrementAndGet() > connectionsMax) {
      connections.decrementAndGet();
      return Problem.of(ErrorCode.OVER_CAPACITY, String.valueOf(connectionsMax));
    }
    int limit = app.settings().limits().connections();
    ErrorCode full = of(app.id()).enter(limit);
    if (full == null) {
      return null;
    }
    connections.decrementAndGet();
    return Problem.of(full, String.valueOf(limit));
  }

  void leave(AppId app) {
    connections.decrementAndGet();
    of(app).leave();
  }

  private AppConnections of(AppId app) {
    return ofApp.computeIfAbsent(
        app, id -> new AppConnections(occupancy, ticker, ChannelId.of(id, COUNTED)));
  }

  /** Connections of an application that are open on all nodes; fails when nobody can say. */
  public CompletionStage<Integer> connectionsOf(AppId app) {
    return occupancy.subscriptions(ChannelId.of(app, COUNTED));
  }

  /** Connections open on this node. */
  public int connections() {
    return connections.get();
  }
}
