package io.carillon.core.engine;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Which channels and members came and went, over all nodes, for applications that are followed.
 * Each movement is recorded as one step with the change itself, whichever node made it and even
 * when that node is gone, and stays until it is forgotten, up to {@link #KEPT_MAX} of an
 * application. The server's own channels (leading {@code #}) are left out.
 *
 * <p>Thread-safe. No call blocks; every stage completes and may complete on any thread.
 */
public interface Movements {
  /** The oldest of more than this are lost; whoever follows compares with what is there then. */
  int KEPT_MAX = 100_000;

  /** Sets which applications are followed; asked at each change, so it must be quick. */
  void follow(Predicate<AppId> followed);

  /**
   * Movements in their order.
   *
   * @param after only those with a greater id
   */
  CompletionStage<List<Movement>> read(AppId app, long after, int limit);

  /** Those up to this id are not needed any more. */
  CompletionStage<Void> forget(AppId app, long upTo);

  /** Up to so many subscriptions each change is due at once, as with Pusher. */
  int COUNT_EACH_UP_TO = 100;

  /** Beyond that the newest number is, this long after the first change that was not told. */
  Duration COUNT_INTERVAL = Duration.ofSeconds(5);

  /** Sets of which applications the changed counts are kept; asked at each change. */
  void followCounts(Predicate<AppId> followed);

  /**
   * How many subscriptions channels have that had another number before, presence channels aside.
   * What is taken is not given again until it changes.
   */
  CompletionStage<Map<ChannelId, Integer>> takeCounts(AppId app, int limit);

  /** Whether changes of the channel's count are kept at all. */
  static boolean counts(ChannelId channel) {
    return concerns(channel) && !channel.kind().isPresence();
  }

  /** Whether the channel's coming and going is recorded at all. */
  static boolean concerns(ChannelId channel) {
    return channel.name().value().charAt(0) != '#';
  }

  /** An engine that records nothing. */
  Movements NONE =
      new Movements() {
        @Override
        public void follow(Predicate<AppId> followed) {}

        @Override
        public void followCounts(Predicate<AppId> followed) {}

        @Override
        public CompletionStage<Map<ChannelId, Integer>> takeCounts(AppId app, int limit) {
          return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public CompletionStage<List<Movement>> read(AppId app, long after, int limit) {
          return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Void> forget(AppId app, long upTo) {
          return CompletableFuture.completedFuture(null);
        }
      };
}
