package io.carillon.redis;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Values and little actions that the tests of this module share. */
final class Cases {
  static final AppId APP = new AppId("1");
  static final Retention KEEP = new Retention(10_000, Duration.ofMinutes(2), false);
  private static final long DEADLINE_SECONDS = 20;

  private Cases() {}

  static ChannelId channel(String name) {
    return ChannelId.of(APP, ChannelName.of(name));
  }

  static Message message(@Nullable String id, String text) {
    return new Message(id, "event", Payload.text(text), Origin.Backend.TO_EVERYONE);
  }

  static Position append(ChannelLog log, ChannelId channel, String text) {
    return answer(log.append(channel, message(null, text), KEEP)).position();
  }

  static <T> T answer(CompletionStage<T> stage) {
    return await(stage.toCompletableFuture());
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

  /** Why the stage fails; fails itself when it does not within five seconds. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      Object answer = stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
      throw new AssertionError("answered " + answer + " (expected: a failure)");
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause(), "a cause");
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("neither answered nor failed within 5 s", e);
    }
  }

  /** For what can only be looked at, not listened to. */
  static void await(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
