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
  private int publications;
  private long epochs;

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
