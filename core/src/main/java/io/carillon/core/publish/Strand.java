package io.carillon.core.publish;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.Appender.Begun;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.runtime.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one publisher has sent to one channel and what is not in the log yet, in its order. Confined
 * to the lane, but for its counter, which is guarded by the map that the strand is in.
 *
 * <p>Appends to one message are one after another in their order; those to different messages may
 * pass each other while they are gathered. Anything else waits until every append before it is in
 * the log.
 */
final class Strand {
  private final Edits edits;
  private final Edits.Key key;
  private final ArrayDeque<EditWork> queue = new ArrayDeque<>();

  /** The messages that are appended to, by their ids. */
  private final Map<String, Gathering> gatherings = new HashMap<>();

  /** Whether the first of the queue is looked up or appended. */
  private boolean working;

  private int onTheirWay;

  Strand(Edits edits, Edits.Key key) {
    this.edits = edits;
    this.key = key;
  }

  Edits.Key key() {
    return key;
  }

  /** Whether there was room for one more. */
  boolean enter() {
    if (onTheirWay >= Edits.STRAND_MAX) {
      return false;
    }
    onTheirWay++;
    return true;
  }

  boolean isBusy() {
    return onTheirWay > 0;
  }

  void leave() {
    onTheirWay--;
  }

  boolean isDone() {
    return onTheirWay == 0 && gatherings.isEmpty();
  }

  Lane lane() {
    return edits.parts().editing().lane();
  }

  Edits edits() {
    return edits;
  }

  void take(EditWork work) {
    queue.add(work);
    proceed();
  }

  /** Whether something waits for what is gathered. */
  boolean isWaiting() {
    return edits.isDraining() || (!queue.isEmpty() && !isAppend(queue.getFirst()));
  }

  /** Goes on with the queue until something has to be waited for. */
  void proceed() {
    while (!working && !queue.isEmpty()) {
      EditWork first = queue.getFirst();
      Operation operation = first.operation();
      if (operation != null && isAppend(first)) {
        queue.removeFirst();
        append(first, operation);
      } else if (gatherings.values().stream().allMatch(Gathering::isEmpty)) {
        queue.removeFirst();
        overtakeNothing(first, operation);
      } else {
        // each of them goes on here when it is empty
        List.copyOf(gatherings.values()).forEach(Gathering::flush);
        return;
      }
    }
  }

  private static boolean isAppend(EditWork work) {
    Operation operation = work.operation();
    return operation != null && operation.kind() == Kind.APPEND;
  }

  private void append(EditWork work, Operation operation) {
    Gathering gathering = gatherings.get(operation.ref());
    if (gathering != null && !gathering.isOutdated()) {
      gathering.add(work);
      return;
    }
    gatherings.remove(operation.ref());
    lookUp(
        work,
        operation,
        target -> {
          Gathering begun = new Gathering(this, target);
          gatherings.put(operation.ref(), begun);
          begun.add(work);
        });
  }

  private void overtakeNothing(EditWork work, @Nullable Operation operation) {
    if (operation == null) {
      begin(work, work.command());
      left();
      return;
    }
    gatherings.remove(operation.ref());
    lookUp(
        work,
        operation,
        target -> {
          PublishCommand command = resolved(work, operation, target);
          Problem problem = problemWith(command);
          if (problem != null) {
            refuse(work, problem);
            return;
          }
          working = true;
          begin(work, command)
              .logged()
              .whenComplete(
                  (outcome, failure) ->
                      lane()
                          .execute(
                              () -> {
                                working = false;
                                left();
                                proceed();
                              }));
        });
  }

  /** What the operation is in the log. */
  static PublishCommand resolved(EditWork work, Operation operation, Publication target) {
    return work.command().with(EditRules.resolved(work.command().message(), operation, target));
  }

  @Nullable Problem problemWith(PublishCommand command) {
    return edits.parts().rules().problemWith(command, policyOf(command));
  }

  private static ChannelPolicy policyOf(PublishCommand command) {
    return ChannelPolicy.of(command.app(), command.channel());
  }

  private Begun begin(EditWork work, PublishCommand command) {
    Begun begun = append(command);
    work.answerWith(begun.done());
    return begun;
  }

  Begun append(PublishCommand command) {
    return edits.parts().appender().append(command, policyOf(command));
  }

  private void lookUp(EditWork work, Operation operation, Consumer<Publication> found) {
    working = true;
    edits
        .parts()
        .editing()
        .targets()
        .find(work.channel(), operation.ref())
        .whenComplete(
            (target, failure) ->
                lane()
                    .execute(
                        () -> {
                          working = false;
                          if (target == null) {
                            fail(work, failure);
                          } else {
                            goOn(work, operation, target.orElse(null), found);
                          }
                          proceed();
                        }));
  }

  private void goOn(
      EditWork work,
      Operation operation,
      @Nullable Publication target,
      Consumer<Publication> found) {
    Problem problem = EditRules.problemWith(work.command(), operation, target);
    if (target == null || problem != null) {
      refuse(work, Objects.requireNonNull(problem));
    } else {
      found.accept(target);
    }
  }

  private void fail(EditWork work, @Nullable Throwable failure) {
    work.answer()
        .completeExceptionally(
            failure == null ? new IllegalStateException("no answer of the log") : failure);
    left();
  }

  /**
   * Answers one that cannot be carried out; when it was carried out before, and its answer was
   * lost, it is answered with that.
   */
  void refuse(EditWork work, Problem problem) {
    left();
    String id = work.id();
    if (id == null || problem.code() == ErrorCode.CAPABILITY_DENIED) {
      work.answer().complete(new Refused(problem));
      return;
    }
    work.answerWith(edits.parts().appender().repeatedOr(work, id, problem));
  }

  /** One publication less is on its way. */
  void left() {
    edits.left(this, true);
  }

  /** The gathering has nothing left, and its window is over. */
  void ended(Gathering gathering) {
    gatherings.remove(gathering.ref(), gathering);
    edits.left(this, false);
  }

  /** Sends what is gathered; answers what is waited for then. */
  List<CompletableFuture<?>> flush() {
    List<CompletableFuture<?>> open = new ArrayList<>();
    queue.forEach(work -> open.add(work.answer()));
    for (Gathering gathering : List.copyOf(gatherings.values())) {
      open.addAll(gathering.answers());
      gathering.flush();
    }
    return open;
  }
}
