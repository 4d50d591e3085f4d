package io.carillon.core.session;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts this node's connections and refuses those beyond a limit. Thread-safe. */
public final class Admission {
  private final int connectionsMax;
  private volatile boolean shut;
  private final AtomicInteger connections = new AtomicInteger();
  private final ConcurrentHashMap<AppId, Integer> ofApp = new ConcurrentHashMap<>();

  /**
   * @param connectionsMax how many connections this node takes
   */
  public Admission(int connectionsMax) {
    this.connectionsMax = connectionsMax;
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
    if (connections.incrementAndGet() > connectionsMax) {
      connections.decrementAndGet();
      return Problem.of(ErrorCode.OVER_CAPACITY, String.valueOf(connectionsMax));
    }
    int limit = app.settings().limits().connections();
    if (ofApp.merge(app.id(), 1, Integer::sum) > limit) {
      leave(app.id());
      return Problem.of(ErrorCode.CONNECTION_QUOTA, String.valueOf(limit));
    }
    return null;
  }

  void leave(AppId app) {
    connections.decrementAndGet();
    ofApp.computeIfPresent(app, (id, count) -> count == 1 ? null : count - 1);
  }

  /** Connections open on this node. */
  public int connections() {
    return connections.get();
  }
}
