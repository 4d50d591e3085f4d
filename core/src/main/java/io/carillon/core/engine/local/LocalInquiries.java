package io.carillon.core.engine.local;

import io.carillon.core.engine.Inquiries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the only node there is. Thread-safe. */
final class LocalInquiries implements Inquiries {
  private volatile @Nullable Answerer answerer;

  @Override
  public CompletionStage<Collected> ask(Question question, Duration patience) {
    Answerer known = answerer;
    if (known == null) {
      return CompletableFuture.completedFuture(new Collected(1, List.of()));
    }
    return known
        .answer(question)
        .handle((answer, failure) -> new Collected(1, answer == null ? List.of() : List.of(answer)))
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(new Collected(1, List.of()), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void answerBy(Answerer only) {
    answerer = only;
  }
}
