package io.carillon.core.webhook;

import io.carillon.core.metric.Readings;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the paths of messages say what happened. As long as nobody wants to be told of a kind of
 * events, one look into an immutable map is all that it costs. What is wanted waits in memory, up
 * to {@link #WAITING_MAX} events, until it is in the outbox a moment later; a process that is
 * killed meanwhile takes it along. Thread-safe, and nothing blocks.
 */
public final class WebhookDesk {
  static final int WAITING_MAX = 20_000;

  private final Ticker ticker;
  private final Chance chance;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicLong dropped = new AtomicLong();
  private final WebhookCounters counters = new WebhookCounters();
  private volatile Interests interests = Interests.NONE;

  public WebhookDesk(Ticker ticker, Chance chance) {
    this.ticker = ticker;
    this.chance = chance;
  }

  /** Whether anybody wants to be told of this; ask before anything is put together. */
  public boolean wants(AppId app, WebhookType type) {
    Interests current = interests;
    return !current.isEmpty() && current.wants(app, type);
  }

  /** Takes an event for those who want it. */
  public void tell(WebhookType type, ChannelId channel, Detail detail) {
    List<WebhookEndpoint> takers = interests.takers(type, channel);
    if (takers.isEmpty()) {
      return;
    }
    WebhookEvent event = new WebhookEvent(newId(), type, channel, ticker.epochMillis(), detail);
    for (WebhookEndpoint taker : takers) {
      if (!waiting.offer(new Entry(taker.id(), event))) {
        dropped.incrementAndGet();
        counters.dropped();
      }
    }
  }

  String newId() {
    return "evt_%016x%016x".formatted(chance.nextLong(), chance.nextLong());
  }

  /** Writes down what this node has counted of webhooks. */
  public void read(Readings into) {
    counters.read(into, waiting.size(), ticker.epochMillis());
  }

  WebhookCounters counters() {
    return counters;
  }

  Interests interests() {
    return interests;
  }

  void setInterests(Interests changed) {
    interests = changed;
  }

  /** What has come, up to a number. */
  List<Entry> take(int most) {
    List<Entry> taken = new ArrayList<>();
    waiting.drainTo(taken, most);
    return taken;
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** How many events found no room since the last time that this was asked. */
  long takeDropped() {
    return dropped.getAndSet(0);
  }
}
