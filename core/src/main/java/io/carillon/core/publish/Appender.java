package io.carillon.core.publish;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.meter.Meter;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.span.Spans;
import io.carillon.core.trace.Acceptance;
import io.carillon.core.trace.Tracer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts what was found good into the log, and into the archive where the channel's rule asks for it.
 * Thread-safe.
 */
final class Appender {
  private static final long UNTIMED = Long.MIN_VALUE;

  private static final String NOT_ARCHIVED =
      "the archive did not take the message in time; with the same id, publishing it again is safe";

  private static final String LOG_LOST =
      "the log was lost while the message was archived; publish it again with the same id";

  private final ChannelLog log;
  private final Archive archive;
  private final Ticker ticker;
  private final ArchivedLog archivedLog;
  private final Meter meter;
  private final Tracer tracer;
  private final NodeCounters counters;
  private final Spans spans;
  private final boolean logCounts;

  Appender(ChannelLog log, Archive archive, Ticker ticker, Publisher.Counting counting) {
    this.log = log;
    this.archive = archive;
    this.ticker = ticker;
    this.meter = counting.meter();
    this.tracer = counting.tracer();
    this.counters = counting.watching().counters();
    this.spans = counting.watching().spans();
    this.logCounts = log.counts().isPresent();
    this.archivedLog = new ArchivedLog(new ArchivedLog.Parts(log, archive, ticker));
  }

  /**
   * What was begun.
   *
   * @param logged the log's answer; what is appended from then on stands behind it
   * @param done the answer to the publisher
   */
  record Begun(CompletionStage<AppendOutcome> logged, CompletionStage<PublishOutcome> done) {}

  Begun append(PublishCommand command, ChannelPolicy policy) {
    PublishSpan span = PublishSpan.of(spans, command);
    Begun begun = appendMarked(command, policy);
    if (span != null) {
      span.follow(begun, policy.historyDays() != null);
    }
    return begun;
  }

  private Begun appendMarked(PublishCommand command, ChannelPolicy policy) {
    ChannelId channel = ChannelId.of(command.app().id(), command.channel());
    Message message = tracer.marked(channel, command.message());
    if (!message.isTraced()) {
      return append(command, policy, channel, message);
    }
    Acceptance acceptance = new Acceptance(tracer, channel, message, command.key());
    Begun begun = append(command, policy, channel, message);
    acceptance.follow(begun.logged(), policy.historyDays() == null ? null : begun.done());
    return begun;
  }

  private Begun append(
      PublishCommand command, ChannelPolicy policy, ChannelId channel, Message message) {
    boolean latest =
        command.channel().kind().isCached() && message.origin() instanceof Origin.Backend;
    Retention retention = policy.retention(latest).countedTo(command.key());
    if (policy.historyDays() == null) {
      long begun = counters.isTimed() ? ticker.nanos() : UNTIMED;
      CompletionStage<AppendOutcome> logged = log.append(channel, message, retention);
      time(logged, begun);
      return new Begun(
          logged,
          logged.thenApply(
              outcome -> {
                Published done = published(outcome);
                count(command, done);
                return done;
              }));
    }
    long begun = counters.isTimed() ? ticker.nanos() : UNTIMED;
    CompletionStage<AppendOutcome> logged = archivedLog.append(channel, message, retention);
    time(logged, begun);
    return new Begun(
        logged,
        logged
            .thenCompose(outcome -> archived(channel, message, outcome))
            .thenApply(
                done -> {
                  count(command, done);
                  return done;
                }));
  }

  private void time(CompletionStage<AppendOutcome> logged, long begun) {
    if (begun != UNTIMED) {
      logged.whenComplete((outcome, failure) -> counters.appended(ticker.nanos() - begun));
    }
  }

  /** The meter counts what is acknowledged for the first time. */
  private void count(PublishCommand command, PublishOutcome outcome) {
    switch (outcome) {
      case Published(var position, var duplicate) -> {
        int bytes = command.message().size();
        counters.published(duplicate, bytes);
        if (!logCounts && !duplicate) {
          meter.accepted(command.app().id(), command.key(), bytes);
        }
      }
      case Refused(var problem) -> {
        // the publisher counts what it refuses itself, and what operations end with
        if (command.message().operation() == null) {
          counters.refusedPublication(problem.code());
        }
      }
    }
  }

  /** The answer for what cannot be carried out, if it was before; else this problem. */
  CompletionStage<PublishOutcome> repeatedOr(EditWork work, String id, Problem problem) {
    ChannelId channel = work.channel();
    boolean kept = work.policy().historyDays() != null;
    return (kept ? archivedLog.positionOf(channel, id) : log.positionOf(channel, id))
        .thenCompose(
            position -> {
              if (position.isEmpty()) {
                return CompletableFuture.completedFuture(new Refused(problem));
              }
              AppendOutcome first = new AppendOutcome.Duplicate(position.get());
              return kept
                  ? archived(channel, work.command().message(), first)
                  : CompletableFuture.completedFuture(published(first));
            });
  }

  private static Published published(AppendOutcome outcome) {
    return new Published(outcome.position(), outcome instanceof AppendOutcome.Duplicate);
  }

  private CompletionStage<PublishOutcome> archived(
      ChannelId channel, Message message, AppendOutcome outcome) {
    CompletionStage<Void> committed =
        switch (outcome) {
          case AppendOutcome.Appended(var position, var timestampMillis) ->
              archive.append(new Publication(channel, position, message, timestampMillis));
          case AppendOutcome.Duplicate(var position) -> archiveFirst(channel, message, position);
          case AppendOutcome.Young young -> throw new IllegalStateException(String.valueOf(young));
        };
    return committed
        .thenCompose(done -> log.head(channel))
        .<CompletionStage<PublishOutcome>>handle(
            (head, failure) -> {
              if (failure != null) {
                return CompletableFuture.completedFuture(unavailable(NOT_ARCHIVED));
              }
              return head.top().epoch() == outcome.position().epoch()
                  ? CompletableFuture.completedFuture(published(outcome))
                  : confirmed(channel, message, outcome, head.top().epoch());
            })
        .thenCompose(answer -> answer);
  }

  /** Its epoch has ended: somebody may have gone on from there before it was committed. */
  private CompletionStage<PublishOutcome> confirmed(
      ChannelId channel, Message message, AppendOutcome outcome, long epoch) {
    return archive
        .confirm(channel, outcome.position(), epoch)
        .<CompletionStage<PublishOutcome>>handle(
            (counts, failure) -> {
              if (failure != null) {
                return CompletableFuture.completedFuture(unavailable(NOT_ARCHIVED));
              }
              return counts
                  ? CompletableFuture.completedFuture(published(outcome))
                  : lost(channel, message);
            })
        .thenCompose(answer -> answer);
  }

  /** A log may know ids longer than its epoch lasts; then the retry would be refused as well. */
  private CompletionStage<PublishOutcome> lost(ChannelId channel, Message message) {
    return log.forget(channel, message.ids()).handle((done, failure) -> unavailable(LOG_LOST));
  }

  private static PublishOutcome unavailable(String detail) {
    return new Refused(Problem.of(ErrorCode.UNAVAILABLE, detail));
  }

  /**
   * Archives the message that came first, as the log has it. When the log has let go of it and the
   * archive never got it, the repeated one takes its place: whoever repeats an id repeats the
   * message.
   */
  private CompletionStage<Void> archiveFirst(
      ChannelId channel, Message repeated, Position position) {
    Position before = new Position(position.epoch(), position.offset() - 1);
    return log.read(channel, before, 1)
        .thenCompose(
            slice -> {
              List<Publication> kept = slice.publications();
              return stands(kept, position)
                  ? archive.append(kept.getFirst())
                  : archiveUnlessThere(channel, repeated, before, position);
            });
  }

  private CompletionStage<Void> archiveUnlessThere(
      ChannelId channel, Message repeated, Position before, Position position) {
    return archive
        .read(new Archive.Range(channel, Archive.Order.OLDEST_FIRST, before, 1, 0))
        .thenCompose(
            there ->
                stands(there, position)
                    ? CompletableFuture.completedFuture(null)
                    : archiveInstead(channel, repeated, position));
  }

  /** Of an append nobody knows any more what else was merged with it. */
  private CompletionStage<Void> archiveInstead(
      ChannelId channel, Message repeated, Position position) {
    return repeated.operation() == null
        ? archive.append(new Publication(channel, position, repeated, ticker.epochMillis()))
        : CompletableFuture.failedFuture(
            new IllegalStateException(
                "operation at " + position + " (expected: still in the log)"));
  }

  private static boolean stands(List<Publication> found, Position position) {
    return !found.isEmpty() && found.getFirst().position().equals(position);
  }
}
