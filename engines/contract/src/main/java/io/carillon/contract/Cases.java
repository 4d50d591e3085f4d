package io.carillon.contract;

import io.carillon.core.engine.Retention;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Values and little actions that the suites share. */
final class Cases {
  static final AppId APP = new AppId("1");
  static final AppId OTHER_APP = new AppId("2");

  /** Keeps a hundred messages for two minutes. */
  static final Retention KEEP = new Retention(100, Duration.ofMinutes(2), false);

  private static final long DEADLINE_SECONDS = 20;

  private Cases() {}

  static ChannelId channel(String name) {
    return ChannelId.of(APP, ChannelName.of(name));
  }

  static Message message(String text) {
    return message(null, text);
  }

  static Message message(@Nullable String id, String text) {
    return new Message(id, "event", Payload.text(text), Origin.Backend.TO_EVERYONE);
  }

  /** An operation on what stands at this position. */
  static Message operation(Edit.Kind kind, String ref, Position target, String text) {
    return new Message(
        null,
        "event",
        Payload.text(text),
        Origin.Backend.TO_EVERYONE,
        Meta.of(new Edit.Operation(kind, ref, target, List.of())));
  }

  /** What the stage answers. */
  static <T> T answer(CompletionStage<T> stage) {
    return await(stage.toCompletableFuture());
  }

  /** Runs all of them at once, each on a thread of its own, to their ends. */
  static <T> List<T> atOnce(List<Callable<T>> tasks) {
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<T>> running = new ArrayList<>();
      tasks.forEach(task -> running.add(threads.submit(task)));
      List<T> results = new ArrayList<>();
      running.forEach(task -> results.add(await(task)));
      return results;
    }
  }

  /** A seed of the run's own; a case that fails says it, and -Dcarillon.seed repeats it. */
  static long seed() {
    return Long.getLong("carillon.seed", System.nanoTime());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }
}
