package io.carillon.core.publish;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.Appender.Begun;
import io.carillon.core.publish.PublishOutcome.Published;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The appends of one publisher to one message. The first one of a quiet time goes out at once; what
 * comes within the window behind it is gathered and goes out as one. Confined to the lane.
 *
 * <p>Its memory is bounded: all that is gathered is part of one message, which has a largest size,
 * and a strand has so many publications at most.
 */
final class Gathering {
  /**
   * After so long the target is looked up anew: another node may have changed it, and a stream need
   * not have a pause.
   */
  private static final Duration OUTDATED = Duration.ofSeconds(1);

  private final Strand strand;
  private final Publication target;
  private final long begunAt;
  private final List<EditWork> gathered = new ArrayList<>();

  /** What is on its way into the log. */
  private List<EditWork> sent = List.of();

  /** The message's size with everything that was gathered. */
  private int size;

  private boolean windowOpen;

  /** Whether the size may be wrong, as something was counted that was there before. */
  private boolean sizeInDoubt;

  private boolean ended;

  Gathering(Strand strand, Publication target) {
    this.strand = strand;
    this.target = target;
    this.size = target.message().payload().size();
    this.begunAt = strand.edits().parts().ticker().nanos();
  }

  String ref() {
    return Objects.requireNonNull(target.message().id());
  }

  /** Whether everything is in the log. */
  boolean isEmpty() {
    return gathered.isEmpty() && sent.isEmpty();
  }

  boolean isOutdated() {
    long age = strand.edits().parts().ticker().nanos() - begunAt;
    return isEmpty() && (ended || sizeInDoubt || age >= OUTDATED.toNanos());
  }

  List<CompletableFuture<PublishOutcome>> answers() {
    List<CompletableFuture<PublishOutcome>> answers = new ArrayList<>();
    sent.forEach(work -> answers.add(work.answer()));
    gathered.forEach(work -> answers.add(work.answer()));
    return answers;
  }

  void add(EditWork work) {
    EditWork twin = twinOf(work);
    if (twin != null) {
      twin.answer().whenComplete((outcome, failure) -> repeat(work, outcome, failure));
      strand.left();
      return;
    }
    PublishCommand command = resolved(work);
    Problem problem = problemWith(command, work);
    if (problem != null) {
      strand.refuse(work, problem);
      endIfOver();
      return;
    }
    size += command.message().payload().size();
    gathered.add(work);
    if (!windowOpen || strand.isWaiting()) {
      flush();
    }
  }

  private @Nullable Problem problemWith(PublishCommand command, EditWork work) {
    Payload payload = command.message().payload();
    Problem problem =
        EditRules.problemWithAppend(
            payload, target.message().payload().form(), size, work.policy().messageBytesMax());
    return problem == null ? strand.problemWith(command) : problem;
  }

  /** One with the same id that is not answered yet: a publisher has sent it again. */
  private @Nullable EditWork twinOf(EditWork work) {
    String id = work.id();
    if (id == null) {
      return null;
    }
    for (EditWork other : sent) {
      if (id.equals(other.id())) {
        return other;
      }
    }
    for (EditWork other : gathered) {
      if (id.equals(other.id())) {
        return other;
      }
    }
    return null;
  }

  private static void repeat(
      EditWork work, @Nullable PublishOutcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      work.answer()
          .completeExceptionally(
              failure == null ? new IllegalStateException("no answer of the log") : failure);
    } else if (outcome instanceof Published(var position, var duplicate)) {
      work.answer().complete(new Published(position, true));
    } else {
      work.answer().complete(outcome);
    }
  }

  /** Sends what is gathered now, or as soon as what was sent before is in the log. */
  void flush() {
    if (sent.isEmpty() && !gathered.isEmpty()) {
      send();
    }
  }

  private void send() {
    boolean single = window().isZero() && !strand.edits().isDraining();
    sent = single ? List.of(gathered.removeFirst()) : List.copyOf(gathered);
    if (!single) {
      gathered.clear();
    }
    openWindow();
    Begun begun = strand.append(merged(sent));
    begun
        .logged()
        .whenComplete((outcome, failure) -> strand.lane().execute(() -> logged(begun, outcome)));
  }

  private Duration window() {
    return strand.edits().parts().editing().window();
  }

  private void openWindow() {
    if (!windowOpen && !window().isZero() && !strand.edits().isDraining()) {
      windowOpen = true;
      strand.lane().schedule(this::windowOver, window());
    }
  }

  private void windowOver() {
    windowOpen = false;
    flush();
    endIfOver();
  }

  private void logged(Begun begun, @Nullable AppendOutcome outcome) {
    List<EditWork> works = sent;
    sizeInDoubt |= !(outcome instanceof AppendOutcome.Appended);
    if (works.size() > 1 && outcome instanceof AppendOutcome.Duplicate) {
      // one of them was sent before: each goes by itself, and is answered for itself
      works.forEach(this::sendAlone);
    } else {
      works.forEach(work -> work.answerWith(begun.done()));
    }
    sent = List.of();
    works.forEach(work -> strand.left());
    if (!windowOpen || strand.isWaiting()) {
      flush();
    }
    endIfOver();
    strand.proceed();
  }

  /** The log appends in the order in which it is asked. */
  private void sendAlone(EditWork work) {
    work.answerWith(strand.append(resolved(work)).done());
  }

  private void endIfOver() {
    if (!windowOpen && isEmpty() && !ended) {
      ended = true;
      strand.ended(this);
    }
  }

  private PublishCommand resolved(EditWork work) {
    return Strand.resolved(work, Objects.requireNonNull(work.operation()), target);
  }

  private PublishCommand merged(List<EditWork> works) {
    PublishCommand first = resolved(works.getFirst());
    if (works.size() == 1) {
      return first;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> ids = new ArrayList<>();
    Payload extras = null;
    boolean traced = false;
    for (EditWork work : works) {
      Message message = work.command().message();
      bytes.writeBytes(message.payload().bytes());
      traced |= message.isTraced();
      extras = message.extras() == null ? extras : message.extras();
      String id = message.id();
      if (id != null) {
        ids.add(id);
      }
    }
    Operation operation = Objects.requireNonNull(first.message().operation());
    return first.with(
        new Message(
            ids.isEmpty() ? null : ids.removeFirst(),
            first.message().event(),
            Payload.of(first.message().payload().form(), bytes.toByteArray()),
            first.message().origin(),
            new Meta(
                extras,
                new Operation(operation.kind(), operation.ref(), operation.target(), ids),
                traced)));
  }
}
