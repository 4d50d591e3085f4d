package io.carillon.core.engine.local;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Subscription counts in memory. A count is guarded by its entry in the application's map, in which
 * the names are sorted, so that a prefix is a range.
 */
final class LocalOccupancy implements Occupancy {
  private final ConcurrentHashMap<AppId, ConcurrentHashMap<ChannelName, Integer>> counts =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<AppId, ConcurrentNavigableMap<String, ChannelId>> names =
      new ConcurrentHashMap<>();
  private final LocalMovements movements;
  private Listener listener = (channel, subscriptions) -> {};

  LocalOccupancy(LocalMovements movements) {
    this.movements = movements;
  }

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void added(ChannelId channel) {
    counts
        .computeIfAbsent(channel.app(), app -> new ConcurrentHashMap<>())
        .compute(
            channel.name(),
            (name, count) -> {
              if (count == null) {
                names
                    .computeIfAbsent(channel.app(), app -> new ConcurrentSkipListMap<>())
                    .put(name.value(), channel);
                movements.record(channel, Movement.Kind.OCCUPIED, "");
              }
              int now = count == null ? 1 : count + 1;
              listener.counted(channel, now);
              movements.count(channel, now);
              return now;
            });
  }

  @Override
  public void removed(ChannelId channel) {
    Map<ChannelName, Integer> ofApp = counts.get(channel.app());
    if (ofApp == null) {
      return;
    }
    ofApp.computeIfPresent(
        channel.name(),
        (name, count) -> {
          int now = count - 1;
          listener.counted(channel, now);
          movements.count(channel, now);
          if (now > 0) {
            return now;
          }
          movements.record(channel, Movement.Kind.VACATED, "");
          ConcurrentNavigableMap<String, ChannelId> sorted = names.get(channel.app());
          if (sorted != null) {
            sorted.remove(name.value());
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Integer> subscriptions(ChannelId channel) {
    Map<ChannelName, Integer> ofApp = counts.get(channel.app());
    Integer count = ofApp == null ? null : ofApp.get(channel.name());
    return CompletableFuture.completedFuture(count == null ? 0 : count);
  }

  @Override
  public CompletionStage<List<ChannelId>> occupied(
      AppId app, String prefix, String after, int limit) {
    List<ChannelId> found = new ArrayList<>();
    ConcurrentNavigableMap<String, ChannelId> sorted = names.get(app);
    if (sorted != null) {
      boolean fromPrefix = prefix.compareTo(after) > 0;
      for (ChannelId channel : sorted.tailMap(fromPrefix ? prefix : after, fromPrefix).values()) {
        if (found.size() >= limit || !channel.name().value().startsWith(prefix)) {
          break;
        }
        if (channel.kind() != ChannelKind.INTERNAL && channel.kind() != ChannelKind.USER) {
          found.add(channel);
        }
      }
    }
    return CompletableFuture.completedFuture(found);
  }
}
