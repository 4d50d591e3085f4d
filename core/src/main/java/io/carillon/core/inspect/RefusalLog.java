package io.carillon.core.inspect;

import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.metric.NodeCounters.Door;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each application was refused last, on this node, in memory: a bounded ring for each of a
 * bounded number of applications. Nothing comes here that was accepted. Guarded by itself; the
 * applications that were refused something longest ago are forgotten first.
 */
public final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  /** How many refusals of one application are kept. */
  public static final int REFUSALS_MAX = 200;

  /** What was tried when there was no connection yet. */
  public static final String CONNECT = "connect";

  private static final int APPS_MAX = 1_000;
  private static final int TEXT_LENGTH_MAX = 400;

  private final Ticker ticker;
  private final NodeCounters counters;
  private final Map<AppId, ArrayDeque<RefusalFacts>> all =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AppId, ArrayDeque<RefusalFacts>> eldest) {
          return size() > APPS_MAX;
        }
      };

  /**
   * @param counters count all of them, those that are not kept as well
   */
  public RefusalLog(Ticker ticker, NodeCounters counters) {
    this.ticker = ticker;
    this.counters = counters;
  }

  /**
   * What was refused.
   *
   * @param what was tried, in a word or as method and path
   * @param channel as it was sent, or null when it was about none
   */
  public record Refusal(String what, @Nullable String channel, Problem problem) {}

  /** Who was refused, as far as it is known. */
  public record By(@Nullable KeyId key, @Nullable ConnectionId connection) {}

  /** Counts something that was refused to whom no application is known. */
  public void count(Refusal refusal) {
    counters.refused(doorOf(refusal.what()), refusal.problem().code());
  }

  private static Door doorOf(String what) {
    if (what.equals(CONNECT)) {
      return Door.CONNECT;
    }
    return what.indexOf('/') < 0 ? Door.SOCKET : Door.REST;
  }

  /** Keeps it, unless it was nobody's fault. */
  public void add(AppId app, Refusal refusal, By by) {
    count(refusal);
    ErrorCode code = refusal.problem().code();
    if (LOG.isDebugEnabled()) {
      debug(app, refusal, by);
    }
    if (code == ErrorCode.DRAINING || code == ErrorCode.UNAVAILABLE) {
      return;
    }
    KeyId key = by.key();
    ConnectionId connection = by.connection();
    String channel = refusal.channel();
    keep(
        app,
        new RefusalFacts(
            ticker.epochMillis(),
            cut(refusal.what()),
            code.number(),
            channel == null ? null : cut(channel),
            key == null ? null : key.value(),
            connection == null ? null : connection.socketId(),
            cut(refusal.problem().detail())));
  }

  private static void debug(AppId app, Refusal refusal, By by) {
    ConnectionId connection = by.connection();
    LOG.atDebug()
        .addKeyValue("app", app.value())
        .addKeyValue("connection", connection == null ? null : connection.socketId())
        .addKeyValue("code", refusal.problem().code().slug())
        .log("refused: {}", cut(refusal.what()));
  }

  private static String cut(String text) {
    return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + "…";
  }

  private synchronized void keep(AppId app, RefusalFacts refusal) {
    ArrayDeque<RefusalFacts> ring = all.computeIfAbsent(app, id -> new ArrayDeque<>());
    if (ring.size() >= REFUSALS_MAX) {
      ring.removeLast();
    }
    ring.addFirst(refusal);
  }

  /** The newest first. */
  public synchronized List<RefusalFacts> newest(AppId app, int limit) {
    ArrayDeque<RefusalFacts> ring = all.get(app);
    return ring == null ? List.of() : ring.stream().limit(limit).toList();
  }
}
