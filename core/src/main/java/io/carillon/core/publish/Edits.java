package io.carillon.core.publish;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes operations on messages. To find an operation's target takes time, and appends are gathered
 * for a while; so whatever the same publisher sends to the same channel meanwhile waits its turn in
 * a {@link Strand}. Who changes no messages never waits. Thread-safe: a strand's counter changes
 * inside the map's own lock, everything else on the lane.
 */
final class Edits {
  /** Publishers with operations on their way, on one node. */
  private static final int STRANDS_MAX = 10_000;

  /** Publications of one publisher on one channel that may be on their way. */
  static final int STRAND_MAX = 1_000;

  private static final String TOO_MANY = "too many operations are on their way";

  private final Parts parts;
  private final Map<Key, Strand> strands = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /** What operations are done with. */
  record Parts(Appender appender, MessageRules rules, Editing editing, Ticker ticker) {}

  /** A publisher on a channel. */
  record Key(ChannelId channel, Origin origin) {}

  Edits(Parts parts) {
    this.parts = parts;
  }

  Parts parts() {
    return parts;
  }

  boolean isDraining() {
    return draining;
  }

  CompletionStage<PublishOutcome> operate(PublishCommand command, Operation operation) {
    Problem problem = EditRules.problemWith(command, operation);
    if (problem != null) {
      return CompletableFuture.completedFuture(new Refused(problem));
    }
    EditWork work = new EditWork(command);
    Key key = keyOf(work);
    boolean[] taken = new boolean[1];
    Strand strand =
        strands.compute(
            key,
            (same, there) -> {
              if (there == null && strands.size() >= STRANDS_MAX) {
                return null;
              }
              Strand its = there == null ? new Strand(this, same) : there;
              taken[0] = its.enter();
              return its;
            });
    if (strand == null || !taken[0]) {
      return CompletableFuture.completedFuture(
          new Refused(Problem.of(ErrorCode.UNAVAILABLE, TOO_MANY)));
    }
    return start(strand, work);
  }

  /** The answer when operations of the same publisher are ahead of it; null when none is. */
  @Nullable CompletionStage<PublishOutcome> behindEdits(PublishCommand command) {
    if (strands.isEmpty()) {
      return null;
    }
    EditWork work = new EditWork(command);
    boolean[] taken = new boolean[1];
    Strand strand =
        strands.computeIfPresent(
            keyOf(work),
            (same, there) -> {
              taken[0] = there.isBusy() && there.enter();
              return there;
            });
    return strand == null || !taken[0] ? null : start(strand, work);
  }

  private CompletionStage<PublishOutcome> start(Strand strand, EditWork work) {
    parts.editing().lane().execute(() -> strand.take(work));
    return work.answer();
  }

  private static Key keyOf(EditWork work) {
    return new Key(work.channel(), work.command().message().origin());
  }

  /** One publication less is on its way; on the lane. */
  void left(Strand strand, boolean wasOneOfThem) {
    strands.computeIfPresent(
        strand.key(),
        (key, there) -> {
          if (wasOneOfThem) {
            there.leave();
          }
          return there.isDone() ? null : there;
        });
  }

  /** How many publishers have something on its way, for tests. */
  int size() {
    return strands.size();
  }

  CompletionStage<Void> drain() {
    draining = true;
    CompletableFuture<Void> drained = new CompletableFuture<>();
    parts
        .editing()
        .lane()
        .execute(
            () -> {
              List<CompletableFuture<?>> open = new ArrayList<>();
              strands.values().forEach(strand -> open.addAll(strand.flush()));
              CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new))
                  .whenComplete((done, failure) -> drained.complete(null));
            });
    return drained;
  }
}
