package io.carillon.core.publish;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Publishes: checks what holds for the channel, then appends to its log. Thread-safe. */
public final class Publisher {
  private final ChannelLog log;

  public Publisher(ChannelLog log) {
    this.log = log;
  }

  /** The stage fails only when the log cannot be reached; then the message may be in it or not. */
  public CompletionStage<PublishOutcome> publish(PublishCommand command) {
    ChannelPolicy policy = ChannelPolicy.of(command.app(), command.channel());
    Problem problem = problemWith(command, policy);
    if (problem != null) {
      return CompletableFuture.completedFuture(new Refused(problem));
    }
    boolean latest =
        command.channel().kind().isCached() && command.message().origin() instanceof Origin.Backend;
    return log.append(
            ChannelId.of(command.app().id(), command.channel()),
            command.message(),
            policy.retention(latest))
        .thenApply(
            outcome ->
                new Published(outcome.position(), outcome instanceof AppendOutcome.Duplicate));
  }

  /** Why the message would be refused, or null. */
  public static @Nullable Problem problemWith(PublishCommand command) {
    return problemWith(command, ChannelPolicy.of(command.app(), command.channel()));
  }

  private static @Nullable Problem problemWith(PublishCommand command, ChannelPolicy policy) {
    if (command.channel().kind() == ChannelKind.INTERNAL) {
      return Problem.of(ErrorCode.CHANNEL_NAME_INVALID, "\"" + command.channel() + "\"");
    }
    String event = command.message().event();
    if (event.isEmpty() || event.length() > Message.MAX_EVENT_LENGTH) {
      return Problem.of(
          ErrorCode.EVENT_NAME_INVALID,
          event.length() + " characters (expected: 1 to " + Message.MAX_EVENT_LENGTH + ")");
    }
    if (event.startsWith("pusher:") || event.startsWith("pusher_internal:")) {
      return Problem.of(ErrorCode.EVENT_NAME_INVALID, "\"" + event + "\" is reserved");
    }
    int size = command.message().payload().size();
    if (size > policy.messageBytesMax()) {
      // exactly the text that Pusher's libraries and their users know
      return new Problem(
          ErrorCode.MESSAGE_TOO_LARGE,
          ErrorCode.MESSAGE_TOO_LARGE.sentence() + " (" + policy.messageBytesMax() + " bytes)");
    }
    return null;
  }
}
