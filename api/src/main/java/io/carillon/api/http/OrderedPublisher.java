package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.publish.Publisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes several messages of one application. Thread-safe. */
public final class OrderedPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(OrderedPublisher.class);

  /** Less than an answer may take, so that each message can still be answered for. */
  private static final long SECONDS_MAX = EngineDeadline.SECONDS_MAX - 1;

  private final Publisher publisher;

  /** Of messages that {@link Publisher#take} has counted. */
  public OrderedPublisher(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Channels go side by side; on one channel each message waits for the one before it, but for
   * operations in a row. The stage never fails: a message that the engine did not answer for in
   * time is unavailable, and may be in the log or not.
   */
  public CompletionStage<List<PublishOutcome>> publish(List<PublishCommand> commands) {
    if (commands.size() == 1) {
      CompletableFuture<PublishOutcome> one =
          publisher.publishTaken(commands.getFirst()).toCompletableFuture();
      if (one.state() == Future.State.SUCCESS) {
        return CompletableFuture.completedFuture(List.of(one.resultNow()));
      }
      return answers(List.of(one));
    }
    Map<ChannelName, Step> last = new HashMap<>();
    List<CompletableFuture<PublishOutcome>> all = new ArrayList<>();
    for (PublishCommand command : commands) {
      Step step = step(last.get(command.channel()), command);
      last.put(command.channel(), step);
      all.add(step.done().toCompletableFuture());
    }
    return answers(all);
  }

  private static CompletionStage<List<PublishOutcome>> answers(
      List<CompletableFuture<PublishOutcome>> all) {
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
        .handle(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("publishing {} messages failed in part", all.size(), failure);
              }
              return all.stream().map(OrderedPublisher::outcome).toList();
            });
  }

  private Step step(@Nullable Step before, PublishCommand command) {
    if (before == null) {
      return new Step(command, CompletableFuture.completedFuture(publisher.publishTaken(command)));
    }
    boolean keepsOrder = before.isOperation() && command.message().operation() != null;
    CompletionStage<?> turn = keepsOrder ? before.begun() : before.done();
    return new Step(command, turn.handle((ready, failure) -> publisher.publishTaken(command)));
  }

  /**
   * One message of several.
   *
   * @param begun when it was handed to the publisher, which itself keeps the order of operations;
   *     were each waited for, none would be merged
   */
  private record Step(
      PublishCommand command, CompletionStage<CompletionStage<PublishOutcome>> begun) {
    boolean isOperation() {
      return command.message().operation() != null;
    }

    CompletionStage<PublishOutcome> done() {
      return begun.thenCompose(stage -> stage);
    }
  }

  private static PublishOutcome outcome(CompletableFuture<PublishOutcome> future) {
    return future.state() == Future.State.SUCCESS
        ? future.resultNow()
        : new PublishOutcome.Refused(Problem.of(ErrorCode.UNAVAILABLE));
  }
}
