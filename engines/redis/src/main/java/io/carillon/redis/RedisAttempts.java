package io.carillon.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.engine.SharedAttempts;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Attempts as Bucket4j's buckets in Redis, by digests of what is tried. Thread-safe. */
final class RedisAttempts implements SharedAttempts {
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private final RedisBus bus;
  private final BucketStore store;
  private final AsyncProxyManager<BucketStore.Name> buckets;

  RedisAttempts(RedisBus bus, Dialect.Skew skew) {
    this.bus = bus;
    this.store = new BucketStore(bus, skew);
    this.buckets = store.asAsync();
  }

  @Override
  public CompletionStage<Long> attempt(Attempt attempt) {
    Duration longest =
        attempt.limits().stream().map(Limit::within).max(Duration::compareTo).orElseThrow();
    BucketStore.Name name =
        new BucketStore.Name(
            Names.text(bus.names().ofAttempts(digest(attempt.what()))), longest.toMillis());
    return store.knowTime(name).thenCompose(known -> take(name, attempt));
  }

  private CompletionStage<Long> take(BucketStore.Name name, Attempt attempt) {
    return buckets
        .getProxy(name, () -> CompletableFuture.completedFuture(configuration(attempt)))
        .tryConsumeAndReturnRemaining(1)
        .thenApply(RedisAttempts::waitMillis);
  }

  private static long waitMillis(ConsumptionProbe probe) {
    return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill() / MILLI_NANOS + 1;
  }

  private static BucketConfiguration configuration(Attempt attempt) {
    ConfigurationBuilder builder = BucketConfiguration.builder();
    for (Limit each : attempt.limits()) {
      builder.addLimit(
          limit -> limit.capacity(each.most()).refillGreedy(each.most(), each.within()));
    }
    return builder.build();
  }

  /** Who looks into Redis finds no address of anybody. */
  private static String digest(String what) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(what.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
