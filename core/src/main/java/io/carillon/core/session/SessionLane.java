package io.carillon.core.session;

import io.carillon.core.error.Problem;
import io.carillon.core.hub.LaneHub;
import io.carillon.core.meter.LaneMeter;
import io.carillon.core.meter.Meter;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.UsageKey;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one lane; confined to it. One timer for all of them looks after silence, so that
 * an idle connection costs no timer of its own.
 */
public final class SessionLane {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLane.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration DRAIN_STEP = Duration.ofMillis(50);

  private final LaneHub hub;
  private final Ticker ticker;
  private final Meter meter;
  private final NodeCounters counters;
  private final Map<UsageKey, LaneMeter> meters = new HashMap<>();
  private final List<Session> sessions = new ArrayList<>();

  /** When the next tick is due. */
  private long dueAt;

  public SessionLane(LaneHub hub, Ticker ticker, Meter meter, NodeCounters counters) {
    this.hub = hub;
    this.ticker = ticker;
    this.meter = meter;
    this.counters = counters;
    scheduleTick();
  }

  public Lane lane() {
    return hub.lane();
  }

  LaneHub hub() {
    return hub;
  }

  Meter meter() {
    return meter;
  }

  /** Counts what connections of this key on this lane are handed. */
  LaneMeter meterOf(AppId app, KeyId key) {
    UsageKey account = new UsageKey(app, key);
    LaneMeter known = meters.get(account);
    if (known != null) {
      return known;
    }
    LaneMeter made = meter.of(app, key).onLane();
    meters.put(account, made);
    return made;
  }

  void add(Session session) {
    session.laneIndex = sessions.size();
    sessions.add(session);
  }

  void remove(Session session) {
    Session last = sessions.removeLast();
    if (last != session) {
      sessions.set(session.laneIndex, last);
      last.laneIndex = session.laneIndex;
    }
  }

  /** Every session of the application learns of its new state, or of its end. Any thread. */
  public void appChanged(AppId id, @Nullable App app) {
    lane()
        .run(
            () ->
                forEach(
                    session -> {
                      if (session.app().id().equals(id)) {
                        session.appChanged(app);
                      }
                    }));
  }

  /** Asks something of the application's sessions, on the lane. Any thread. */
  <T> CompletionStage<T> ask(AppId app, Function<Stream<Session>, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    lane()
        .run(
            () -> {
              try {
                answer.complete(
                    question.apply(sessions.stream().filter(it -> it.app().id().equals(app))));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  /** Backwards: a session that is closed gives its place to the last one. */
  private void forEach(Consumer<Session> step) {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      try {
        step.accept(sessions.get(i));
      } catch (RuntimeException e) {
        LOG.error("a step of one session on lane {} failed", lane(), e);
      }
    }
  }

  /**
   * Closes every session for this reason, some at a time, so that their clients do not come back
   * all at once; those that are left are served meanwhile. Any thread.
   *
   * @param window over which they are spread; zero closes them in one go
   * @return completes when none is left
   */
  public CompletionStage<Void> closeAll(Problem problem, Duration window) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    long steps = Math.max(1, window.dividedBy(DRAIN_STEP));
    lane().run(() -> closeSome(problem, steps, done));
    return done;
  }

  private void closeSome(Problem problem, long stepsLeft, CompletableFuture<Void> done) {
    int count = (int) ((sessions.size() + stepsLeft - 1) / stepsLeft);
    for (int i = 0; i < count && !sessions.isEmpty(); i++) {
      sessions.getLast().close(problem);
    }
    if (sessions.isEmpty()) {
      done.complete(null);
    } else {
      lane().schedule(() -> closeSome(problem, Math.max(1, stepsLeft - 1), done), DRAIN_STEP);
    }
  }

  private void scheduleTick() {
    dueAt = ticker.nanos() + TICK.toNanos();
    lane().schedule(this::tick, TICK);
  }

  private void tick() {
    long now = ticker.nanos();
    counters.lagged(now - dueAt);
    scheduleTick();
    forEach(session -> session.tick(now));
  }
}
