package io.carillon.core.engine.local;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.Movements;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Movements in memory; those of an application are guarded by their queue. */
final class LocalMovements implements Movements {
  private final ConcurrentHashMap<AppId, Recorded> apps = new ConcurrentHashMap<>();
  private final Ticker ticker;
  private final ConcurrentHashMap<AppId, ConcurrentHashMap<ChannelId, Counted>> counts =
      new ConcurrentHashMap<>();
  private volatile Predicate<AppId> followed = app -> false;
  private volatile Predicate<AppId> counted = app -> false;

  LocalMovements(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Guarded by itself. */
  private static final class Recorded {
    final ArrayDeque<Movement> queue = new ArrayDeque<>();
    long lastId;
  }

  @Override
  public void follow(Predicate<AppId> wanted) {
    this.followed = wanted;
  }

  /** A count that was not taken yet. */
  private record Counted(int subscriptions, long dueAtMillis) {}

  @Override
  public void followCounts(Predicate<AppId> wanted) {
    this.counted = wanted;
  }

  void count(ChannelId channel, int subscriptions) {
    if (!counted.test(channel.app()) || !Movements.counts(channel)) {
      return;
    }
    long now = ticker.epochMillis();
    long due = subscriptions > COUNT_EACH_UP_TO ? now + COUNT_INTERVAL.toMillis() : now;
    counts
        .computeIfAbsent(channel.app(), app -> new ConcurrentHashMap<>())
        .merge(
            channel,
            new Counted(subscriptions, due),
            (before, fresh) -> new Counted(subscriptions, before.dueAtMillis()));
  }

  @Override
  public CompletionStage<Map<ChannelId, Integer>> takeCounts(AppId app, int limit) {
    Map<ChannelId, Integer> taken = new HashMap<>();
    Map<ChannelId, Counted> ofApp = counts.getOrDefault(app, new ConcurrentHashMap<>());
    long now = ticker.epochMillis();
    for (Map.Entry<ChannelId, Counted> entry : List.copyOf(ofApp.entrySet())) {
      Counted current = entry.getValue();
      boolean due = taken.size() < limit && current.dueAtMillis() <= now;
      if (due && ofApp.remove(entry.getKey(), current)) {
        taken.put(entry.getKey(), current.subscriptions());
      }
    }
    return CompletableFuture.completedFuture(taken);
  }

  void record(ChannelId channel, Movement.Kind kind, String userId) {
    if (!followed.test(channel.app()) || !Movements.concerns(channel)) {
      return;
    }
    Recorded recorded = apps.computeIfAbsent(channel.app(), app -> new Recorded());
    synchronized (recorded) {
      long now = ticker.epochMillis() << Movement.ID_BITS;
      recorded.lastId = Math.max(recorded.lastId + 1, now);
      recorded.queue.add(new Movement(recorded.lastId, channel, kind, userId));
      if (recorded.queue.size() > KEPT_MAX) {
        recorded.queue.remove();
      }
    }
  }

  @Override
  public CompletionStage<List<Movement>> read(AppId app, long after, int limit) {
    Recorded recorded = apps.get(app);
    if (recorded == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    synchronized (recorded) {
      return CompletableFuture.completedFuture(
          recorded.queue.stream().filter(it -> it.id() > after).limit(limit).toList());
    }
  }

  @Override
  public CompletionStage<Void> forget(AppId app, long upTo) {
    Recorded recorded = apps.get(app);
    if (recorded != null) {
      synchronized (recorded) {
        recorded.queue.removeIf(movement -> movement.id() <= upTo);
      }
    }
    return CompletableFuture.completedFuture(null);
  }
}
