package io.carillon.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Runs many requests without filling the queue of those who wait for an answer. Stateless. */
final class Paced {
  /** How many are under way at once. */
  private static final int CHUNK = 1_000;

  private Paced() {}

  /** Blocks until all are answered; a failed one is its request's own business. */
  static <T> void over(List<T> all, Function<T, CompletionStage<?>> request) {
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<CompletableFuture<?>> running = new ArrayList<>();
      for (T one : all.subList(from, Math.min(all.size(), from + CHUNK))) {
        running.add(request.apply(one).toCompletableFuture());
      }
      try {
        CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
      } catch (CompletionException e) {
        return;
      }
    }
  }
}
