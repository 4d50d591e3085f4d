package io.carillon.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stages put together. Stateless. */
public final class Stages {
  private Stages() {}

  /** All values in the order of their stages; fails when one fails, once all have ended. */
  public static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
    CompletableFuture<?>[] futures = new CompletableFuture<?>[stages.size()];
    for (int i = 0; i < futures.length; i++) {
      futures[i] = stages.get(i).toCompletableFuture();
    }
    return CompletableFuture.allOf(futures)
        .thenApply(
            done -> {
              List<T> values = new ArrayList<>(stages.size());
              // every one has a value by now, so nothing waits
              stages.forEach(stage -> values.add(stage.toCompletableFuture().resultNow()));
              return values;
            });
  }

  /** Work that blocks, on a thread of its own. */
  public static <T> CompletionStage<T> blocking(Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work, task -> Thread.ofVirtual().name("api-directory").start(task));
  }

  /** Goes on with a good value; a refusal is the answer already. */
  public static <T, U> CompletionStage<Checked<U>> answer(
      Checked<T> input, Function<T, CompletionStage<U>> work) {
    return switch (input) {
      case Checked.Valid<T>(var value) -> work.apply(value).thenApply(Checked::valid);
      case Checked.Refused<T>(var problem) ->
          CompletableFuture.completedFuture(Checked.refused(problem));
    };
  }

  /** As {@link #answer}, for work that may refuse as well. */
  public static <T, U> CompletionStage<Checked<U>> answerChecked(
      Checked<T> input, Function<T, CompletionStage<Checked<U>>> work) {
    return switch (input) {
      case Checked.Valid<T>(var value) -> work.apply(value);
      case Checked.Refused<T>(var problem) ->
          CompletableFuture.completedFuture(Checked.refused(problem));
    };
  }
}
