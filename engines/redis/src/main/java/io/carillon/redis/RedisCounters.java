package io.carillon.redis;

import io.carillon.core.engine.Counters;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;

/** Budgets as Bucket4j's buckets in Redis; nodes take parts of them. Thread-safe. */
final class RedisCounters implements Counters {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A bucket that nobody touched for so long has been full for long. */
  private static final long KEPT_MILLIS = Duration.ofSeconds(10).toMillis();

  private final RedisBus bus;
  private final BucketStore store;
  private final AsyncProxyManager<BucketStore.Name> buckets;
  private final IntSupplier nodes;

  RedisCounters(RedisBus bus, Dialect.Skew skew, IntSupplier nodes) {
    this.bus = bus;
    this.store = new BucketStore(bus, skew);
    this.buckets = store.asAsync();
    this.nodes = nodes;
  }

  @Override
  public CompletionStage<Part> take(Budget budget, long most) {
    byte[] key = bus.names().ofBudget(budget);
    BucketStore.Name name = new BucketStore.Name(Names.text(key), KEPT_MILLIS);
    return store.knowTime(name).thenCompose(known -> takeNow(name, budget, most));
  }

  private CompletionStage<Part> takeNow(BucketStore.Name name, Budget budget, long most) {
    return buckets
        .getProxy(name, () -> CompletableFuture.completedFuture(configuration(budget)))
        .asVerbose()
        .tryConsumeAsMuchAsPossible(most)
        .thenApply(
            result ->
                new Part(
                    result.getValue(), Math.max(0, result.getDiagnostics().getAvailableTokens())));
  }

  private static BucketConfiguration configuration(Budget budget) {
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(budget.perSecond())
                .refillGreedy(budget.perSecond(), SECOND)
                .build())
        .build();
  }

  @Override
  public int nodes() {
    return Math.max(1, nodes.getAsInt());
  }
}
