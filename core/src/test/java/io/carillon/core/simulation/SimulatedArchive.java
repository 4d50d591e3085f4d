package io.carillon.core.simulation;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.local.LocalArchive;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The archive that all nodes share: commits are late, fail, or fail to be told of. For one thread.
 */
final class SimulatedArchive {
  private static final int PUBLICATIONS_MAX = 100_000;
  private static final int TIMEOUT_MILLIS = 3_000;

  private final Agenda agenda;
  private final Weather weather;
  private final LocalArchive real = new LocalArchive(PUBLICATIONS_MAX);

  SimulatedArchive(Agenda agenda, Weather weather) {
    this.agenda = agenda;
    this.weather = weather;
  }

  /** What is committed, oldest first. */
  List<Publication> committed(ChannelId channel) {
    return real.read(
            new Archive.Range(channel, Archive.Order.OLDEST_FIRST, null, PUBLICATIONS_MAX, 0))
        .toCompletableFuture()
        .join();
  }

  boolean has(ChannelId channel, Position position) {
    Position before = new Position(position.epoch(), position.offset() - 1);
    return real
        .read(new Archive.Range(channel, Archive.Order.OLDEST_FIRST, before, 1, 0))
        .toCompletableFuture()
        .join()
        .stream()
        .anyMatch(found -> found.position().equals(position));
  }

  /** A node's way to it. */
  final class Port implements Archive {
    private final LogPort node;
    private final Mutation mutation;

    Port(LogPort node, Mutation mutation) {
      this.node = node;
      this.mutation = mutation;
    }

    @Override
    public CompletionStage<Void> append(Publication publication) {
      CompletionStage<Void> committed = call(() -> real.append(publication), true);
      return mutation == Mutation.ACK_BEFORE_COMMIT
          ? CompletableFuture.completedFuture(null)
          : committed;
    }

    @Override
    public CompletionStage<List<Publication>> read(Range range) {
      return call(() -> real.read(range), false);
    }

    @Override
    public CompletionStage<List<Publication>> readMessages(Range range) {
      return call(() -> real.readMessages(range), false);
    }

    @Override
    public CompletionStage<Optional<Publication>> find(
        ChannelId channel, String id, long sinceMillis) {
      return call(() -> real.find(channel, id, sinceMillis), false);
    }

    @Override
    public CompletionStage<Map<String, Position>> positionsOf(
        ChannelId channel, List<String> ids, long sinceMillis) {
      return call(() -> real.positionsOf(channel, ids, sinceMillis), false);
    }

    @Override
    public CompletionStage<Void> seal(ChannelId channel, long epoch) {
      return call(() -> real.seal(channel, epoch), true);
    }

    @Override
    public CompletionStage<Boolean> confirm(ChannelId channel, Position position, long epoch) {
      return call(() -> real.confirm(channel, position, epoch), true);
    }

    @Override
    public CompletionStage<List<Publication>> operations(Targets targets) {
      return call(() -> real.operations(targets), false);
    }

    @Override
    public CompletionStage<Long> epochFloor() {
      return real.epochFloor();
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> action, boolean writes) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      agenda.within(
          weather.archiveMillis,
          () -> {
            boolean fails = weather.archiveDown || agenda.chance(weather.archiveLoss);
            if (!fails) {
              T value = action.get().toCompletableFuture().join();
              agenda.within(weather.archiveMillis, () -> hear(() -> answer.complete(value)));
              return;
            }
            if (writes && agenda.chance(0.3)) {
              action.get().toCompletableFuture().join();
            }
            agenda.within(
                TIMEOUT_MILLIS,
                () ->
                    hear(
                        () ->
                            answer.completeExceptionally(
                                new IllegalStateException("the archive did not answer"))));
          });
      return answer;
    }

    private void hear(Runnable answer) {
      if (node.isAlive()) {
        answer.run();
      }
    }
  }
}
