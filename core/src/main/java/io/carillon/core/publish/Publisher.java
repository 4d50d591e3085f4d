package io.carillon.core.publish;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.runtime.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes: checks what holds for the channel, then appends to its log. Thread-safe.
 *
 * <p>On an archived channel, the answer waits for the archive's commit; subscribers do not. A
 * repeated id is answered only when the first message is committed as well: were it not, a retry
 * after a failed commit would acknowledge what may be lost. Nor is a message acknowledged whose
 * epoch has ended before it was committed: who resumed in between was told that nothing
 * acknowledged is missing.
 */
public final class Publisher {
  private static final String NOT_ARCHIVED =
      "the archive did not take the message in time; with the same id, publishing it again is safe";

  private static final String LOG_LOST =
      "the log was lost while the message was archived; publish it again with the same id";

  private final ChannelLog log;
  private final Archive archive;
  private final MessageRules rules;
  private final Ticker ticker;

  public Publisher(Ports ports, Ticker ticker) {
    this(ports.log(), ports.archive(), ports.schemas(), ticker);
  }

  /** One that checks no schemas: where a rule has one, everything is refused. */
  public Publisher(ChannelLog log, Archive archive, Ticker ticker) {
    this(log, archive, SchemaCheck.NONE, ticker);
  }

  private Publisher(ChannelLog log, Archive archive, SchemaCheck schemas, Ticker ticker) {
    this.log = log;
    this.archive = archive;
    this.rules = new MessageRules(schemas);
    this.ticker = ticker;
  }

  /** The stage fails only when the log cannot be reached; then the message may be in it or not. */
  public CompletionStage<PublishOutcome> publish(PublishCommand command) {
    ChannelPolicy policy = ChannelPolicy.of(command.app(), command.channel());
    Problem problem = rules.problemWith(command, policy);
    if (problem != null) {
      return CompletableFuture.completedFuture(new Refused(problem));
    }
    boolean latest =
        command.channel().kind().isCached() && command.message().origin() instanceof Origin.Backend;
    ChannelId channel = ChannelId.of(command.app().id(), command.channel());
    CompletionStage<AppendOutcome> appended =
        log.append(channel, command.message(), policy.retention(latest));
    return policy.historyDays() == null
        ? appended.thenApply(Publisher::published)
        : appended.thenCompose(outcome -> archived(channel, command.message(), outcome));
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
        };
    return committed
        .thenCompose(done -> log.head(channel))
        .handle(
            (head, failure) ->
                failure == null && head.top().epoch() == outcome.position().epoch()
                    ? published(outcome)
                    : new Refused(
                        Problem.of(
                            ErrorCode.UNAVAILABLE, failure == null ? LOG_LOST : NOT_ARCHIVED)));
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
                    : archive.append(
                        new Publication(channel, position, repeated, ticker.epochMillis())));
  }

  private static boolean stands(List<Publication> found, Position position) {
    return !found.isEmpty() && found.getFirst().position().equals(position);
  }

  /** Why the message would be refused, or null. */
  public @Nullable Problem problemWith(PublishCommand command) {
    return rules.problemWith(command, ChannelPolicy.of(command.app(), command.channel()));
  }
}
