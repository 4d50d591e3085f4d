package io.carillon.core.trace;

import io.carillon.core.engine.Inquiries.Sampling;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.runtime.TokenBucket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides which messages are traced: those whose publisher asks for it, and samples that somebody
 * wants to see for a while. A message that is neither costs two plain reads. Thread-safe.
 */
public final class Tracer {
  /** What is traced in a second of one application, on this node; what is beyond is not traced. */
  static final int TRACES_PER_SECOND = 50;

  /** How many samplings of one application go on at once; one more ends the oldest. */
  static final int SAMPLINGS_MAX = 5;

  private static final int SAMPLINGS_OF_ALL_MAX = 200;
  private static final int APPS_MAX = 500;

  private final Ticker ticker;
  private final TraceLog log;
  private volatile List<Running> running = List.of();

  /** Guarded by itself. */
  private final Map<AppId, TokenBucket> rates =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AppId, TokenBucket> eldest) {
          return size() > APPS_MAX;
        }
      };

  /**
   * @param node under which name what is known here is told
   */
  public Tracer(Ticker ticker, String node) {
    this.ticker = ticker;
    this.log = new TraceLog(ticker, node);
  }

  Ticker ticker() {
    return ticker;
  }

  /** What this node knows of traced messages. */
  public TraceLog log() {
    return log;
  }

  /** The message, marked when it is to be traced, and not when it is not. */
  public Message marked(ChannelId channel, Message message) {
    if (!message.isTraced() && running.isEmpty()) {
      return message;
    }
    boolean wanted = message.isTraced() || isSampled(channel);
    return message.traced(wanted && mayTrace(channel.app()));
  }

  private boolean mayTrace(AppId app) {
    synchronized (rates) {
      return rates
          .computeIfAbsent(app, id -> TokenBucket.steady(ticker, TRACES_PER_SECOND))
          .tryTake();
    }
  }

  private boolean isSampled(ChannelId channel) {
    boolean sampled = false;
    boolean over = false;
    for (Running each : running) {
      if (each.isOver(ticker.nanos())) {
        over = true;
      } else if (each.isFor(channel)) {
        sampled |= each.takes();
      }
    }
    if (over) {
      removeWhatIsOver();
    }
    return sampled;
  }

  /** Traces such messages for a while. */
  public synchronized void sample(AppId app, Sampling sampling) {
    removeWhatIsOver();
    List<Running> all = new ArrayList<>(running);
    List<Running> own = all.stream().filter(each -> each.app.equals(app)).toList();
    if (own.size() >= SAMPLINGS_MAX) {
      all.remove(own.getFirst());
    }
    if (all.size() >= SAMPLINGS_OF_ALL_MAX) {
      all.removeFirst();
    }
    all.add(new Running(app, sampling, ticker.nanos()));
    running = List.copyOf(all);
  }

  private synchronized void removeWhatIsOver() {
    long now = ticker.nanos();
    running = running.stream().filter(each -> !each.isOver(now)).toList();
  }

  /** A sampling that goes on. Thread-safe. */
  private static final class Running {
    private final AppId app;
    private final Sampling sampling;
    private final long endsAt;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger left;

    Running(AppId app, Sampling sampling, long now) {
      this.app = app;
      this.sampling = sampling;
      this.endsAt = now + TimeUnit.SECONDS.toNanos(sampling.seconds());
      this.left = new AtomicInteger(sampling.messages());
    }

    boolean isOver(long now) {
      return now - endsAt >= 0 || left.getPlain() <= 0;
    }

    boolean isFor(ChannelId channel) {
      return app.equals(channel.app()) && sampling.channels().matches(channel.name());
    }

    boolean takes() {
      int number = seen.getAndIncrement() & Integer.MAX_VALUE;
      return number % sampling.every() == 0 && left.getAndDecrement() > 0;
    }
  }
}
