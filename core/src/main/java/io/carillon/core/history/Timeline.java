package io.carillon.core.history;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a moment stands in a channel. Times never fall along a log, except where a clock was
 * set back; there the place may be off by as much. Immutable.
 */
record Timeline(ChannelLog log, Archive archive, ArchivedTime archivedTime) {
  /**
   * The position right before the first publication that was accepted then or later.
   *
   * @return empty when there is none
   */
  CompletionStage<Optional<Position>> before(ChannelId channel, long millis) {
    return log.head(channel)
        .thenCompose(head -> log.read(channel, new Position(head.top().epoch(), 0), 1))
        .thenCompose(
            oldest -> {
              List<Publication> kept = oldest.publications();
              Long since = archivedTime.sinceMillis(channel);
              if (kept.isEmpty() || kept.getFirst().timestampMillis() >= millis) {
                Position known = kept.isEmpty() ? null : kept.getFirst().position();
                return since == null
                    ? completed(Optional.ofNullable(known).map(Timeline::rightBefore))
                    : archived(channel, Math.max(since, millis), known);
              }
              return search(channel, kept.getFirst().position(), oldest.top(), millis);
            });
  }

  private CompletionStage<Optional<Position>> archived(
      ChannelId channel, long millis, @Nullable Position known) {
    return archive
        .read(new Range(channel, Order.OLDEST_FIRST, null, 1, millis))
        .thenApply(
            found ->
                (found.isEmpty()
                        ? Optional.ofNullable(known)
                        : Optional.of(found.getFirst().position()))
                    .map(Timeline::rightBefore));
  }

  /**
   * Halves what the log keeps, of which offsets are dense.
   *
   * @param earlier a position whose publication is too early
   */
  private CompletionStage<Optional<Position>> search(
      ChannelId channel, Position earlier, Position top, long millis) {
    if (earlier.offset() >= top.offset()) {
      return completed(Optional.empty());
    }
    Position middle =
        new Position(top.epoch(), earlier.offset() + (top.offset() - earlier.offset()) / 2);
    return log.read(channel, middle, 1)
        .thenCompose(
            slice -> {
              List<Publication> next = slice.publications();
              if (next.isEmpty() || slice.top().epoch() != top.epoch()) {
                return completed(Optional.empty());
              }
              Publication found = next.getFirst();
              if (found.timestampMillis() < millis) {
                return search(channel, found.position(), top, millis);
              }
              return middle.offset() == earlier.offset()
                  ? completed(Optional.of(rightBefore(found.position())))
                  : search(channel, earlier, middle, millis)
                      .thenApply(
                          closer ->
                              closer.isPresent()
                                  ? closer
                                  : Optional.of(rightBefore(found.position())));
            });
  }

  private static Position rightBefore(Position position) {
    return new Position(position.epoch(), position.offset() - 1);
  }

  private static <T> CompletionStage<T> completed(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
