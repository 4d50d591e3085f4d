package io.carillon.redis;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Where Bucket4j keeps its buckets: in Redis, by the engine's own way there. Their time is that of
 * Redis, as far as this node knows it, so that no node's clock can empty or fill them. Thread-safe.
 */
final class BucketStore extends AbstractCompareAndSwapBasedProxyManager<BucketStore.Name> {
  /**
   * Where a bucket is.
   *
   * @param keptMillis in which one that nobody touches is full again
   */
  record Name(String key, long keptMillis) {}

  private static final byte[] NONE = {};

  private final RedisBus bus;
  private final RedisTime time;

  BucketStore(RedisBus bus, Dialect.Skew skew) {
    this(bus, new RedisTime(skew));
  }

  private BucketStore(RedisBus bus, RedisTime time) {
    super(ClientSideConfig.getDefault().withClientClock(time));
    this.bus = bus;
    this.time = time;
  }

  /** Completes when the time of Redis is known. */
  CompletionStage<?> knowTime(Name any) {
    return time.known ? CompletableFuture.completedFuture(time) : read(any);
  }

  private CompletableFuture<Optional<byte[]>> read(Name name) {
    return ask(Script.BUCKET, name, List.of())
        .thenApply(
            reply -> {
              time.is(Replies.number(reply, 0));
              byte[] state = Replies.bytes(reply, 1);
              return state.length == 0 ? Optional.<byte[]>empty() : Optional.of(state);
            })
        .toCompletableFuture();
  }

  private CompletableFuture<Boolean> swap(Name name, byte[] before, byte[] after) {
    return ask(Script.SWAP, name, List.of(before, after, Names.bytes(name.keptMillis())))
        .thenApply(reply -> Replies.number(reply, 0) == 1)
        .toCompletableFuture();
  }

  /** What is swapped twice because its answer was lost is at worst taken twice. */
  private CompletionStage<Object> ask(Script script, Name name, List<byte[]> arguments) {
    List<byte[]> keys = List.of(Names.bytes(name.key()));
    return bus.write(
        new Request.Call(
            script,
            Names.slotOf(keys),
            keys,
            new Request.Arguments(arguments, List.of()),
            null,
            true));
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(Name name) {
    return new AsyncCompareAndSwapOperation() {
      @Override
      public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeoutNanos) {
        return read(name);
      }

      @Override
      public CompletableFuture<Boolean> compareAndSwap(
          byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeoutNanos) {
        return swap(name, before == null ? NONE : before, after);
      }
    };
  }

  @Override
  public boolean isAsyncModeSupported() {
    return true;
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(Name name) {
    throw new UnsupportedOperationException("nobody waits for Redis here");
  }

  @Override
  public void removeProxy(Name name) {
    throw new UnsupportedOperationException("buckets go by themselves");
  }

  @Override
  protected CompletableFuture<Void> removeAsync(Name name) {
    throw new UnsupportedOperationException("buckets go by themselves");
  }

  /** The time of Redis by this machine's clock, as of the last answer. Thread-safe. */
  private static final class RedisTime implements TimeMeter {
    private final Dialect.Skew skew;
    private volatile long ahead;
    private volatile boolean known;

    RedisTime(Dialect.Skew skew) {
      this.skew = skew;
    }

    void is(long millis) {
      ahead = TimeUnit.MILLISECONDS.toNanos(millis - skew.millis()) - System.nanoTime();
      known = true;
    }

    @Override
    public long currentTimeNanos() {
      return System.nanoTime() + ahead + TimeUnit.MILLISECONDS.toNanos(skew.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
