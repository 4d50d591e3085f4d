package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The archive: what was published on the channels whose rules say so, for days, behind the log.
 * Publications are ordered by their positions, and so across the epochs of a channel.
 *
 * <p>Thread-safe. No call blocks; every stage completes, exceptionally when the archive cannot be
 * reached in time, and may complete on any thread.
 */
public interface Archive {
  /**
   * Completes when the publication is committed. Appending it again is appending it once. When the
   * stage fails, the publication may be there or not. The ids that an append was merged from are
   * kept for {@link #positionsOf} alone.
   */
  CompletionStage<Void> append(Publication publication);

  /** What the range has, in its order. */
  CompletionStage<List<Publication>> read(Range range);

  /** What the range has without operations: content alone, as it was published. */
  CompletionStage<List<Publication>> readMessages(Range range);

  /** The newest message with this id that is no operation, accepted at this time or later. */
  CompletionStage<Optional<Publication>> find(ChannelId channel, String id, long sinceMillis);

  /**
   * Where publications with these ids stand, operations as well, accepted at this time or later: of
   * each id that is there the first.
   */
  CompletionStage<Map<String, Position>> positionsOf(
      ChannelId channel, List<String> ids, long sinceMillis);

  /**
   * Ends every epoch of the channel before this one, as the log has begun it: what was committed of
   * them so far is all that counts. Has to be done before anyone is told that nothing lies between
   * an earlier epoch and this one. Doing it again is doing it once.
   */
  CompletionStage<Void> seal(ChannelId channel, long epoch);

  /**
   * Whether what is committed at the position counts, now that the log has begun this epoch: it was
   * committed before its own epoch was ended by {@link #seal}, or that has not happened yet, and
   * happens now. So whoever goes on across the epochs gets it, and it may be acknowledged. What
   * does not count is taken out.
   */
  CompletionStage<Boolean> confirm(ChannelId channel, Position position, long epoch);

  /**
   * What was done to these messages, oldest first: operations that {@link Fold} makes the same of
   * as of all that are archived, though they may be fewer.
   */
  CompletionStage<List<Publication>> operations(Targets targets);

  /**
   * A number that is not less than any epoch archived, and greater than every number answered
   * before: a log that starts empty gives its channels greater epochs.
   */
  CompletionStage<Long> epochFloor();

  /** The channel's newest position here, if it has any. */
  default CompletionStage<Optional<Position>> top(ChannelId channel) {
    return read(new Range(channel, Order.NEWEST_FIRST, null, 1, 0))
        .thenApply(newest -> newest.stream().map(Publication::position).findFirst());
  }

  /** Which way a range goes. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /**
   * A run of a channel's archive.
   *
   * @param from where it starts, itself not part of it; null for the end at which the order starts
   * @param limit 1 or more
   * @param sinceMillis leaves out what was accepted earlier, in milliseconds since 1970
   */
  record Range(
      ChannelId channel, Order order, @Nullable Position from, int limit, long sinceMillis) {
    public Range {
      if (limit < 1) {
        throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
      }
    }
  }

  /**
   * Messages of a channel whose operations are asked for.
   *
   * @param positions where the messages stand
   * @param upTo no newer operation counts
   * @param sinceMillis leaves out what was accepted earlier, in milliseconds since 1970
   */
  record Targets(ChannelId channel, List<Position> positions, Position upTo, long sinceMillis) {
    public Targets {
      positions = List.copyOf(positions);
    }
  }

  /**
   * The archive of a node that has none: takes nothing, so that nothing is acknowledged falsely.
   */
  Archive NONE =
      new Archive() {
        @Override
        public CompletionStage<Void> append(Publication publication) {
          return CompletableFuture.failedFuture(
              new IllegalStateException(
                  "channel "
                      + publication.channel()
                      + " is to be archived (expected: a node with an archive)"));
        }

        @Override
        public CompletionStage<List<Publication>> read(Range range) {
          return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<List<Publication>> readMessages(Range range) {
          return read(range);
        }

        @Override
        public CompletionStage<Optional<Publication>> find(
            ChannelId channel, String id, long sinceMillis) {
          return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Map<String, Position>> positionsOf(
            ChannelId channel, List<String> ids, long sinceMillis) {
          return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public CompletionStage<Void> seal(ChannelId channel, long epoch) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Boolean> confirm(ChannelId channel, Position position, long epoch) {
          return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletionStage<List<Publication>> operations(Targets targets) {
          return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Long> epochFloor() {
          return CompletableFuture.completedFuture(0L);
        }
      };
}
