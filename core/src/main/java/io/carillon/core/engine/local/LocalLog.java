package io.carillon.core.engine.local;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.Changes;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log in memory. Channels are spread over shards; a shard's state is guarded by the shard, and
 * publications are handed over while it is held, which is what keeps their order.
 *
 * <p>A channel is forgotten when nobody has joined it for a while and nothing of it is kept any
 * more; when it comes back it has a new, higher epoch.
 */
final class LocalLog implements ChannelLog {
  private static final int SHARDS = 64;

  /** In the place of the epoch that is not young: none is. */
  private static final long ANY_AGE = -1;

  private final Shard[] shards = new Shard[SHARDS];
  private final Ticker ticker;
  private final AtomicLong epochs;

  /** Ids are remembered from here on, of all channels, as none is forgotten with its ids. */
  private final long begunAt;

  private Listener listener = publication -> {};

  LocalLog(Ticker ticker, long hotBytesMax, long epochFloor) {
    this.ticker = ticker;
    this.begunAt = ticker.nanos();
    this.epochs = new AtomicLong(Math.max(ticker.epochMillis(), epochFloor));
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(Math.max(1, hotBytesMax / SHARDS));
    }
  }

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<AppendOutcome> append(
      ChannelId channel, Message message, Retention retention) {
    return CompletableFuture.completedFuture(
        shardOf(channel).append(channel, message, retention, ANY_AGE));
  }

  @Override
  public CompletionStage<AppendOutcome> appendUnlessYoung(
      ChannelId channel, Message message, Retention retention, long epoch) {
    return CompletableFuture.completedFuture(
        shardOf(channel).append(channel, message, retention, epoch));
  }

  @Override
  public CompletionStage<Slice> read(ChannelId channel, Position after, int limit) {
    return CompletableFuture.completedFuture(shardOf(channel).read(channel, after, limit));
  }

  @Override
  public CompletionStage<Changes> changes(ChannelId channel) {
    return CompletableFuture.completedFuture(shardOf(channel).changes(channel));
  }

  @Override
  public CompletionStage<Optional<Publication>> find(ChannelId channel, String id) {
    return CompletableFuture.completedFuture(shardOf(channel).find(channel, id));
  }

  @Override
  public CompletionStage<Optional<Position>> positionOf(ChannelId channel, String id) {
    return CompletableFuture.completedFuture(shardOf(channel).positionOf(channel, id));
  }

  @Override
  public CompletionStage<Head> head(ChannelId channel) {
    return CompletableFuture.completedFuture(shardOf(channel).head(channel));
  }

  @Override
  public CompletionStage<Head> join(ChannelId channel) {
    return CompletableFuture.completedFuture(shardOf(channel).join(channel));
  }

  @Override
  public void leave(ChannelId channel) {
    shardOf(channel).leave(channel);
  }

  /** Lets go of what has expired. */
  void sweep() {
    for (Shard shard : shards) {
      shard.sweep();
    }
  }

  /** How many channels are kept, for tests. */
  int size() {
    int size = 0;
    for (Shard shard : shards) {
      size += shard.size();
    }
    return size;
  }

  private Shard shardOf(ChannelId channel) {
    int hash = channel.hashCode();
    return shards[(hash ^ hash >>> 16) & (SHARDS - 1)];
  }

  private final class Shard {
    private final long bytesMax;

    /** Least recently used first, so that the byte bound takes from channels nobody uses. */
    private final Map<ChannelId, ChannelState> channels = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    Shard(long bytesMax) {
      this.bytesMax = bytesMax;
    }

    /**
     * @param known see {@link ChannelLog#appendUnlessYoung}, or {@link #ANY_AGE}
     */
    synchronized AppendOutcome append(
        ChannelId channel, Message message, Retention retention, long known) {
      long now = ticker.nanos();
      ChannelState state = stateOf(channel);
      Position first = state.positionOf(message.ids(), now);
      if (first != null) {
        return new AppendOutcome.Duplicate(first);
      }
      boolean young = now - begunAt < Retention.DEDUPE_WINDOW.toNanos();
      if (young && known != ANY_AGE && known != state.epoch()) {
        return new AppendOutcome.Young(state.top(), Duration.ofNanos(now - begunAt));
      }
      long before = state.bytes();
      Publication publication = state.add(channel, message, retention, now, ticker.epochMillis());
      bytes += state.bytes() - before;
      if (bytes > bytesMax) {
        shrink();
      }
      if (state.isJoined()) {
        listener.published(publication);
      }
      return new AppendOutcome.Appended(publication.position(), publication.timestampMillis());
    }

    synchronized Slice read(ChannelId channel, Position after, int limit) {
      ChannelState state = channels.get(channel);
      if (state == null) {
        return new Slice(new Position(epochs.incrementAndGet(), 0), false, List.of());
      }
      expire(state, ticker.nanos());
      return state.read(after, limit);
    }

    synchronized Changes changes(ChannelId channel) {
      ChannelState state = channels.get(channel);
      if (state == null) {
        Position top = new Position(epochs.incrementAndGet(), 0);
        return Changes.none(top, top);
      }
      expire(state, ticker.nanos());
      return state.changes();
    }

    synchronized Optional<Publication> find(ChannelId channel, String id) {
      ChannelState state = channels.get(channel);
      if (state == null) {
        return Optional.empty();
      }
      expire(state, ticker.nanos());
      return state.find(id);
    }

    synchronized Optional<Position> positionOf(ChannelId channel, String id) {
      ChannelState state = channels.get(channel);
      return state == null
          ? Optional.empty()
          : Optional.ofNullable(state.positionOf(List.of(id), ticker.nanos()));
    }

    synchronized Head head(ChannelId channel) {
      return stateOf(channel).head(ticker.nanos());
    }

    synchronized Head join(ChannelId channel) {
      ChannelState state = stateOf(channel);
      state.join();
      return state.head(ticker.nanos());
    }

    synchronized void leave(ChannelId channel) {
      ChannelState state = channels.get(channel);
      if (state != null) {
        long now = ticker.nanos();
        state.leave(now);
        expire(state, now);
      }
    }

    synchronized void sweep() {
      long now = ticker.nanos();
      Iterator<ChannelState> states = channels.values().iterator();
      while (states.hasNext()) {
        ChannelState state = states.next();
        expire(state, now);
        if (state.isForgettable(now)) {
          states.remove();
        }
      }
    }

    synchronized int size() {
      return channels.size();
    }

    private ChannelState stateOf(ChannelId channel) {
      ChannelState state = channels.get(channel);
      if (state == null) {
        state = new ChannelState(epochs.incrementAndGet());
        channels.put(channel, state);
      }
      return state;
    }

    private void expire(ChannelState state, long now) {
      long before = state.bytes();
      state.expire(now);
      bytes += state.bytes() - before;
    }

    /**
     * Drops whole hot windows, least recently used first, until an eighth of the bound is free, so
     * that not every append has to look for a victim.
     */
    private void shrink() {
      for (ChannelState state : channels.values()) {
        if (bytes <= bytesMax - bytesMax / 8) {
          return;
        }
        long before = state.bytes();
        state.dropWindow();
        bytes += state.bytes() - before;
      }
    }
  }
}
