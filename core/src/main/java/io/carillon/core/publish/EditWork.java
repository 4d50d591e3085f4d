package io.carillon.core.publish;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One publication on its way through a strand. Immutable, but for its answer.
 *
 * @param command what is published; of an operation, with its target once that was found
 */
record EditWork(PublishCommand command, CompletableFuture<PublishOutcome> answer) {
  EditWork(PublishCommand command) {
    this(command, new CompletableFuture<>());
  }

  ChannelId channel() {
    return ChannelId.of(command.app().id(), command.channel());
  }

  ChannelPolicy policy() {
    return ChannelPolicy.of(command.app(), command.channel());
  }

  /** Null for a plain message. */
  @Nullable Operation operation() {
    return command.message().operation();
  }

  /** Answers with what comes of this. */
  void answerWith(CompletionStage<PublishOutcome> done) {
    done.whenComplete(
        (outcome, failure) -> {
          if (failure == null) {
            answer.complete(outcome);
          } else {
            answer.completeExceptionally(failure);
          }
        });
  }

  @Nullable String id() {
    return command.message().id();
  }
}
