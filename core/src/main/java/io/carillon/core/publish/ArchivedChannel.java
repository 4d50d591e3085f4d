package io.carillon.core.publish;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.AppendOutcome.Appended;
import io.carillon.core.engine.AppendOutcome.Duplicate;
import io.carillon.core.engine.AppendOutcome.Young;
import io.carillon.core.engine.Retention;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The way of one archived channel's messages into the log. Guarded by itself, but for {@link
 * #users}, which its {@link ArchivedLog} guards.
 *
 * <p>While the channel's epoch is known and old, messages go straight to the log. The log itself
 * refuses them when it has begun another epoch that is young; from then on they wait their turn,
 * and go in batches: the archive is asked once for the ids of a batch, and what it does not know is
 * appended to the epoch that it was asked for. Nothing overtakes: what waits goes by its number,
 * and only when nothing is on its way that may yet be refused.
 */
final class ArchivedChannel {
  /** Messages whose ids are asked for at once. */
  private static final int BATCH_MAX = 256;

  /** What a waiting message costs beside its payload, roughly. */
  private static final long OVERHEAD_BYTES = 300;

  private static final long UNKNOWN = 0;

  private final ArchivedLog all;
  private final ChannelId channel;
  private final PriorityQueue<Pending> queue =
      new PriorityQueue<>(1, Comparator.comparingLong(Pending::number));

  /** How many messages are on their way through here; guarded by the map. */
  int users;

  private long numbers;
  private int onTheirWay;
  private boolean working;

  /** The log's epoch when it last told, and when it is old by this node's time. */
  private long epoch = UNKNOWN;

  private long oldAt;

  private record Pending(
      long number, Message message, Retention retention, CompletableFuture<AppendOutcome> answer) {
    long bytes() {
      return OVERHEAD_BYTES + message.size();
    }
  }

  /**
   * What is done next.
   *
   * @param epoch what the log is told to be known
   * @param lookUp whether the archive is asked before
   */
  private record Step(List<Pending> batch, long epoch, boolean lookUp) {}

  ArchivedChannel(ArchivedLog all, ChannelId channel) {
    this.all = all;
    this.channel = channel;
  }

  CompletableFuture<AppendOutcome> append(Message message, Retention retention) {
    Pending pending;
    long known;
    synchronized (this) {
      pending = new Pending(++numbers, message, retention, new CompletableFuture<>());
      if (isOld() && !working && queue.isEmpty()) {
        known = epoch;
        onTheirWay++;
      } else if (all.isFull()) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("too much waits for the archive (expected: try later)"));
      } else {
        known = UNKNOWN;
        enqueue(pending);
      }
    }
    if (known == UNKNOWN) {
      work();
    } else {
      send(pending, known);
    }
    return pending.answer();
  }

  private boolean isOld() {
    return epoch != UNKNOWN && all.parts().ticker().nanos() - oldAt >= 0;
  }

  private void enqueue(Pending pending) {
    queue.add(pending);
    all.waits(pending.bytes());
  }

  private void send(Pending pending, long known) {
    all.parts()
        .log()
        .appendUnlessYoung(channel, pending.message(), pending.retention(), known)
        .whenComplete((outcome, failure) -> answered(pending, outcome, failure));
  }

  private void answered(
      Pending pending, @Nullable AppendOutcome outcome, @Nullable Throwable failure) {
    List<Pending> given = new ArrayList<>();
    synchronized (this) {
      onTheirWay--;
      switch (outcome) {
        case Young young -> {
          learn(young);
          enqueue(pending);
        }
        case Appended appended -> learn(appended.position());
        case Duplicate duplicate -> {}
        case null -> {
          if (epoch == UNKNOWN) {
            // they would all wait as long for the same, one after the other
            given.addAll(taken(Integer.MAX_VALUE));
          }
        }
      }
    }
    if (outcome == null) {
      given.addFirst(pending);
      fail(given, failure);
    } else if (!(outcome instanceof Young)) {
      pending.answer().complete(outcome);
    }
    work();
  }

  private void learn(Young young) {
    epoch = young.position().epoch();
    oldAt = all.parts().ticker().nanos() + Retention.DEDUPE_WINDOW.minus(young.age()).toNanos();
  }

  /** An epoch that the log took a message in without being told that it is known is old. */
  private void learn(Position position) {
    if (position.epoch() > epoch) {
      epoch = position.epoch();
      oldAt = all.parts().ticker().nanos();
    }
  }

  private static void fail(List<Pending> given, @Nullable Throwable failure) {
    Throwable cause = failure == null ? new IllegalStateException("no answer") : failure;
    given.forEach(each -> each.answer().completeExceptionally(cause));
  }

  /** Goes on with the queue, unless something has to be waited for. */
  private void work() {
    for (Step step = next(); step != null; step = next()) {
      if (step.lookUp()) {
        lookUp(step);
        return;
      }
      long known = step.epoch();
      step.batch().forEach(each -> send(each, known));
      rest();
    }
  }

  /** Whoever gets a step works, and nobody else, until it rests. */
  private synchronized @Nullable Step next() {
    if (working || onTheirWay > 0 || queue.isEmpty()) {
      return null;
    }
    working = true;
    boolean unknown = epoch == UNKNOWN;
    List<Pending> batch = taken(unknown ? 1 : BATCH_MAX);
    onTheirWay += batch.size();
    return new Step(batch, epoch, !unknown && !isOld());
  }

  private synchronized void rest() {
    working = false;
  }

  private List<Pending> taken(int most) {
    List<Pending> taken = new ArrayList<>(Math.min(most, queue.size()));
    while (taken.size() < most && !queue.isEmpty()) {
      Pending next = queue.remove();
      all.waits(-next.bytes());
      taken.add(next);
    }
    return taken;
  }

  private void lookUp(Step step) {
    List<String> ids =
        step.batch().stream().flatMap(each -> each.message().ids().stream()).distinct().toList();
    CompletionStage<Map<String, Position>> asked =
        ids.isEmpty() ? CompletableFuture.completedFuture(Map.of()) : all.archived(channel, ids);
    asked.whenComplete(
        (found, failure) -> {
          if (found == null) {
            giveUp(step, failure);
          } else {
            lookedUp(step, found);
          }
        });
  }

  private void lookedUp(Step step, Map<String, Position> found) {
    for (Pending each : step.batch()) {
      Position first =
          each.message().ids().stream()
              .map(found::get)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      if (first == null) {
        send(each, step.epoch());
      } else {
        synchronized (this) {
          onTheirWay--;
        }
        each.answer().complete(new Duplicate(first));
      }
    }
    rest();
    work();
  }

  /** Those behind it would wait as long for the same, one batch after the other. */
  private void giveUp(Step step, @Nullable Throwable failure) {
    List<Pending> given = new ArrayList<>(step.batch());
    synchronized (this) {
      onTheirWay -= given.size();
      given.addAll(taken(Integer.MAX_VALUE));
      working = false;
    }
    fail(given, failure);
    work();
  }
}
