package io.carillon.core.hub;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Signal;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.trace.TraceLog;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's index: which lanes have subscribers of a channel. Thread-safe; an entry is guarded by
 * the map. The node has joined exactly the channels that have an entry.
 */
public final class Hub implements ChannelLog.Listener, PresenceStore.Listener {
  private final ChannelLog log;
  private final FeedUpkeep upkeep;
  private final TraceLog traces;
  private final NodeCounters counters;
  private final ConcurrentHashMap<ChannelId, ChannelFeed> feeds = new ConcurrentHashMap<>();

  /**
   * @param lane runs what looks after the feeds
   * @param traces what becomes of traced publications is noted there
   * @param counters of readers that are too slow
   */
  public Hub(ChannelLog log, Lane lane, Chance chance, TraceLog traces, NodeCounters counters) {
    this.traces = traces;
    this.counters = counters;
    this.log = log;
    this.upkeep = new FeedUpkeep(log, lane, chance);
    upkeep.start(feeds.values());
  }

  /** One whose traces nobody reads. */
  public Hub(ChannelLog log, Lane lane, Chance chance) {
    this(log, lane, chance, new TraceLog(Ticker.SYSTEM, ""), new NodeCounters());
  }

  TraceLog traces() {
    return traces;
  }

  NodeCounters counters() {
    return counters;
  }

  /** How many channels have subscribers on this node. */
  public int channels() {
    return feeds.size();
  }

  /** The part of the hub for a lane; made once for each lane. */
  public LaneHub onLane(Lane lane) {
    return new LaneHub(this, lane);
  }

  /** Every joined channel's feed, for tests. */
  Collection<ChannelFeed> feeds() {
    return feeds.values();
  }

  @Override
  public void published(Publication publication) {
    ChannelFeed feed = feeds.get(publication.channel());
    if (feed != null) {
      feed.published(publication);
    }
  }

  @Override
  public void doubted() {
    upkeep.doubt();
  }

  @Override
  public void changed(PresenceChange change) {
    deliver(new Delivery.PresenceChanged(change));
  }

  /** A signal came for a channel, which this node may have joined. */
  public void signalled(Signal signal) {
    deliver(new Delivery.Signalled(signal));
  }

  /** Hands what has no position to every lane with subscribers of its channel; never blocks. */
  public void deliver(Delivery delivery) {
    ChannelFeed feed = feeds.get(delivery.channel());
    if (feed != null) {
      feed.deliver(delivery);
    }
  }

  /**
   * The lane is in the index before the log is asked, for what is published right behind the head
   * must find it there.
   */
  CompletionStage<Head> join(ChannelId channel, LaneHub lane) {
    return join(feeds.compute(channel, (id, known) -> with(id, known, lane)));
  }

  /** For a lane that is in the index; the first join may still be under way, so this joins too. */
  CompletionStage<Head> joinAgain(ChannelId channel) {
    ChannelFeed feed = feeds.get(channel);
    if (feed == null) {
      throw new IllegalStateException(channel + " is not joined (expected: a lane has it)");
    }
    return join(feed);
  }

  /** The feed knows where it begins before anyone else hears of the head. */
  private CompletionStage<Head> join(ChannelFeed feed) {
    ChannelId channel = feed.channel();
    return log.join(channel)
        .thenCompose(
            head ->
                feed.joined(head.top())
                    ? CompletableFuture.completedFuture(head)
                    : log.head(channel));
  }

  /**
   * The last lane leaves the log inside the map's entry: a lane that comes at the same time joins
   * after that.
   */
  void leave(ChannelId channel, LaneHub lane) {
    feeds.computeIfPresent(channel, (id, feed) -> without(feed, lane));
  }

  private ChannelFeed with(ChannelId channel, @Nullable ChannelFeed known, LaneHub lane) {
    ChannelFeed feed = known == null ? new ChannelFeed(channel, upkeep) : known;
    feed.add(lane);
    return feed;
  }

  private @Nullable ChannelFeed without(ChannelFeed feed, LaneHub lane) {
    if (!feed.remove(lane)) {
      return feed;
    }
    log.leave(feed.channel());
    return null;
  }
}
