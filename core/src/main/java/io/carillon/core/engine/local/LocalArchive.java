package io.carillon.core.engine.local;

import io.carillon.core.engine.Archive;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An archive in memory, for tests and simulations: it outlives an engine, not the process. Guarded
 * by itself.
 */
public final class LocalArchive implements Archive {
  private final Map<ChannelId, NavigableMap<Position, Publication>> channels = new HashMap<>();
  private final int publicationsMax;
  private final Map<ChannelId, Seals> seals = new HashMap<>();
  private int publications;
  private long epochs;

  /** Which epochs of a channel have ended, and with which offset. Guarded by the archive. */
  private static final class Seals {
    private final Map<Long, Long> ends = new HashMap<>();
    private long below;
  }

  /**
   * @param publicationsMax how many it takes; it refuses more
   */
  public LocalArchive(int publicationsMax) {
    this.publicationsMax = publicationsMax;
  }

  @Override
  public synchronized CompletionStage<Void> append(Publication publication) {
    if (publications >= publicationsMax) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "archived publications: " + publications + " (expected: less than the bound)"));
    }
    NavigableMap<Position, Publication> channel =
        channels.computeIfAbsent(publication.channel(), id -> new TreeMap<>());
    if (channel.putIfAbsent(publication.position(), publication) == null) {
      publications++;
    }
    epochs = Math.max(epochs, publication.position().epoch());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<List<Publication>> read(Range range) {
    return read(range, publication -> true);
  }

  @Override
  public CompletionStage<List<Publication>> readMessages(Range range) {
    return read(range, publication -> publication.message().operation() == null);
  }

  @Override
  public synchronized CompletionStage<Optional<Publication>> find(
      ChannelId channel, String id, long sinceMillis) {
    return CompletableFuture.completedFuture(
        channels.getOrDefault(channel, new TreeMap<>()).descendingMap().values().stream()
            .filter(publication -> publication.timestampMillis() >= sinceMillis)
            .filter(publication -> publication.message().operation() == null)
            .filter(publication -> id.equals(publication.message().id()))
            .findFirst());
  }

  @Override
  public synchronized CompletionStage<Map<String, Position>> positionsOf(
      ChannelId channel, List<String> ids, long sinceMillis) {
    Map<String, Position> found = new HashMap<>();
    channels.getOrDefault(channel, new TreeMap<>()).values().stream()
        .filter(publication -> publication.timestampMillis() >= sinceMillis)
        .forEach(
            publication ->
                publication.message().ids().stream()
                    .filter(ids::contains)
                    .forEach(id -> found.putIfAbsent(id, publication.position())));
    return CompletableFuture.completedFuture(Map.copyOf(found));
  }

  @Override
  public synchronized CompletionStage<Void> seal(ChannelId channel, long epoch) {
    Seals sealed = seals.computeIfAbsent(channel, id -> new Seals());
    if (sealed.below < epoch) {
      channels
          .getOrDefault(channel, new TreeMap<>())
          .subMap(new Position(sealed.below, 0), new Position(epoch, 0))
          .keySet()
          .forEach(position -> sealed.ends.merge(position.epoch(), position.offset(), Math::max));
      sealed.below = epoch;
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Boolean> confirm(
      ChannelId channel, Position position, long epoch) {
    seal(channel, epoch);
    Seals sealed = seals.get(channel);
    boolean counts =
        sealed == null
            || position.epoch() >= sealed.below
            || position.offset() <= sealed.ends.getOrDefault(position.epoch(), 0L);
    if (!counts && channels.getOrDefault(channel, new TreeMap<>()).remove(position) != null) {
      publications--;
    }
    return CompletableFuture.completedFuture(counts);
  }

  @Override
  public synchronized CompletionStage<List<Publication>> operations(Targets targets) {
    Set<Position> wanted = Set.copyOf(targets.positions());
    return CompletableFuture.completedFuture(
        channels
            .getOrDefault(targets.channel(), new TreeMap<>())
            .headMap(targets.upTo(), true)
            .values()
            .stream()
            .filter(publication -> publication.timestampMillis() >= targets.sinceMillis())
            .filter(publication -> isOn(wanted, publication.message().operation()))
            .toList());
  }

  private static boolean isOn(Set<Position> wanted, Edit.@Nullable Operation operation) {
    Position target = operation == null ? null : operation.target();
    return target != null && wanted.contains(target);
  }

  private synchronized CompletionStage<List<Publication>> read(
      Range range, Predicate<Publication> wanted) {
    NavigableMap<Position, Publication> ordered =
        channels.getOrDefault(range.channel(), new TreeMap<>());
    if (range.order() == Order.NEWEST_FIRST) {
      ordered = ordered.descendingMap();
    }
    Position from = range.from();
    return CompletableFuture.completedFuture(
        (from == null ? ordered : ordered.tailMap(from, false))
            .values().stream()
                .filter(publication -> publication.timestampMillis() >= range.sinceMillis())
                .filter(wanted)
                .limit(range.limit())
                .toList());
  }

  @Override
  public synchronized CompletionStage<Long> epochFloor() {
    return CompletableFuture.completedFuture(++epochs);
  }
}
