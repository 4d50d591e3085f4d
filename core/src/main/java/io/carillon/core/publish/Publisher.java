package io.carillon.core.publish;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.meter.Meter;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Payload;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.span.Spans;
import io.carillon.core.trace.Tracer;
import io.carillon.core.webhook.WebhookDesk;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookType;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes: checks what holds for the channel, then appends to its log. Thread-safe. Operations on
 * other messages, and what the same publisher sends behind them, go by {@link Edits}.
 *
 * <p>On an archived channel, the answer waits for the archive's commit; subscribers do not. A
 * repeated id is answered only when the first message is committed as well: were it not, a retry
 * after a failed commit would acknowledge what may be lost. Nor is a message acknowledged that was
 * committed after its epoch had been sealed: who resumed in between was told that nothing
 * acknowledged is missing. An id that was acknowledged there is known also when the log was lost
 * since; see {@link ArchivedLog}.
 */
public final class Publisher {
  private final MessageRules rules;
  private final Appender appender;
  private final @Nullable Edits edits;
  private final MessageRate rate;
  private final NodeCounters counters;
  private final @Nullable WebhookDesk webhooks;

  /**
   * How messages are counted and followed.
   *
   * @param rate before they are published
   * @param meter when they were accepted, unless the log counts by itself
   * @param tracer what becomes of single ones
   * @param watching what the operator sees of all of them
   */
  public record Counting(MessageRate rate, Meter meter, Tracer tracer, Watching watching) {
    static Counting none(Ticker ticker) {
      return new Counting(
          MessageRate.UNLIMITED, new Meter(ticker), new Tracer(ticker, ""), Watching.none());
    }
  }

  /** What an operator sees: figures, and how long the parts of single ones took. */
  public record Watching(NodeCounters counters, Spans spans) {
    static Watching none() {
      return new Watching(new NodeCounters(), Spans.NONE);
    }
  }

  /** One that changes messages too, and tells no webhooks. */
  public Publisher(Ports ports, Ticker ticker, Editing editing, Counting counting) {
    this(ports, ticker, editing, counting, null);
  }

  /** One on a node. */
  public Publisher(
      Ports ports,
      Ticker ticker,
      Editing editing,
      Counting counting,
      @Nullable WebhookDesk webhooks) {
    this.rate = counting.rate();
    this.counters = counting.watching().counters();
    this.webhooks = webhooks;
    this.rules = new MessageRules(ports.schemas());
    this.appender = new Appender(ports.log(), ports.archive(), ticker, counting);
    this.edits = new Edits(new Edits.Parts(appender, rules, editing, ticker));
  }

  /** One that takes no operations. */
  public Publisher(Ports ports, Ticker ticker) {
    this(ports.log(), ports.archive(), ports.schemas(), ticker);
  }

  /** One that takes no operations and checks no schemas: where a rule has one, all is refused. */
  public Publisher(ChannelLog log, Archive archive, Ticker ticker) {
    this(log, archive, SchemaCheck.NONE, ticker);
  }

  private Publisher(ChannelLog log, Archive archive, SchemaCheck schemas, Ticker ticker) {
    this.rules = new MessageRules(schemas);
    Counting counting = Counting.none(ticker);
    this.appender = new Appender(log, archive, ticker, counting);
    this.edits = null;
    this.rate = counting.rate();
    this.counters = counting.watching().counters();
    this.webhooks = null;
  }

  /** The stage fails only when the log cannot be reached; then the message may be in it or not. */
  public CompletionStage<PublishOutcome> publish(PublishCommand command) {
    Problem tooFast = rate.take(command.app(), command.key(), 1, bytesOf(command.message()));
    return tooFast == null ? publishTaken(command) : refused(tooFast);
  }

  /**
   * Counts messages that are published by {@link #publishTaken}, all or none of them.
   *
   * @param commands of one application and one key
   * @return why they are too many now, or null
   */
  public @Nullable Problem take(List<PublishCommand> commands) {
    if (commands.isEmpty()) {
      return null;
    }
    long bytes = 0;
    for (PublishCommand command : commands) {
      bytes += bytesOf(command.message());
    }
    PublishCommand first = commands.getFirst();
    Problem tooFast = rate.take(first.app(), first.key(), commands.size(), bytes);
    if (tooFast != null) {
      commands.forEach(command -> counters.refusedPublication(tooFast.code()));
    }
    return tooFast;
  }

  /** As they are metered. */
  private static int bytesOf(Message message) {
    Payload extras = message.extras();
    return message.payload().size() + (extras == null ? 0 : extras.size());
  }

  /** As {@link #publish}, for a message that {@link #take} has counted. */
  public CompletionStage<PublishOutcome> publishTaken(PublishCommand command) {
    Edit.Operation operation = command.message().operation();
    if (operation != null) {
      return edits == null
          ? refused(Problem.of(ErrorCode.OPERATION_INVALID, "no operations are taken here"))
          : edits.operate(command, operation).whenComplete(this::countRefused);
    }
    ChannelPolicy policy = ChannelPolicy.of(command.app(), command.channel());
    Problem problem = rules.problemWith(command, policy);
    if (problem != null) {
      return refused(problem);
    }
    CompletionStage<PublishOutcome> behind = edits == null ? null : edits.behindEdits(command);
    CompletionStage<PublishOutcome> outcome =
        behind == null ? appender.append(command, policy).done() : behind;
    boolean wanted =
        webhooks != null && webhooks.wants(command.app().id(), WebhookType.MESSAGE_PUBLISHED);
    return wanted ? outcome.whenComplete((it, failure) -> tell(command, it)) : outcome;
  }

  /** What clients send as events is told of as such. */
  private void tell(PublishCommand command, @Nullable PublishOutcome outcome) {
    Message message = command.message();
    boolean clientEvent =
        message.origin() instanceof Message.Origin.Client && message.event().startsWith("client-");
    boolean fresh = outcome instanceof PublishOutcome.Published published && !published.duplicate();
    if (webhooks == null || !fresh || clientEvent) {
      return;
    }
    ChannelId channel = ChannelId.of(command.app().id(), command.channel());
    Payload payload = message.payload();
    String data =
        payload.form() == Payload.Form.BINARY
            ? Base64.getEncoder().encodeToString(payload.bytes())
            : payload.asText();
    String userId =
        message.origin() instanceof Message.Origin.Client(var connection, var user) ? user : null;
    webhooks.tell(
        WebhookType.MESSAGE_PUBLISHED, channel, new Detail(userId, message.event(), data, null));
  }

  private void countRefused(@Nullable PublishOutcome outcome, @Nullable Throwable failure) {
    if (outcome instanceof Refused(var problem)) {
      counters.refusedPublication(problem.code());
    }
  }

  private CompletionStage<PublishOutcome> refused(Problem problem) {
    counters.refusedPublication(problem.code());
    return CompletableFuture.completedFuture(new Refused(problem));
  }

  /**
   * Sends what was gathered, and gathers no more.
   *
   * @return completes when everything that was taken before is answered
   */
  public CompletionStage<Void> drain() {
    return edits == null ? CompletableFuture.completedFuture(null) : edits.drain();
  }

  /** Why the message would be refused, or null. */
  public @Nullable Problem problemWith(PublishCommand command) {
    return rules.problemWith(command, ChannelPolicy.of(command.app(), command.channel()));
  }
}
