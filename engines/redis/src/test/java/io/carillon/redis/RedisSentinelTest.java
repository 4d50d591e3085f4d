package io.carillon.redis;

import static io.carillon.redis.Cases.KEEP;
import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.append;
import static io.carillon.redis.Cases.await;
import static io.carillon.redis.Cases.channel;
import static io.carillon.redis.Cases.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A master that dies, and the replica that its sentinel puts in its place. */
class RedisSentinelTest {
  private static final ChannelId CHANNEL = channel("news");

  private final RedisProcess master = RedisProcess.start();
  private final RedisProcess replica =
      RedisProcess.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
  private final RedisSentinel sentinel = new RedisSentinel(master);

  @AfterEach
  void close() {
    sentinel.close();
    replica.close();
    master.close();
  }

  @Test
  void appendsGoOnAtTheNewMasterInAHigherEpoch() {
    await("replica", sentinel::knowsReplica);
    try (RedisEngine engine = RedisEngine.start(sentinel.address(), 0)) {
      ChannelLog log = engine.ports().log();
      List<Publication> told = new CopyOnWriteArrayList<>();
      AtomicInteger doubts = listen(log, told);
      answer(log.join(CHANNEL));
      Position before = append(log, CHANNEL, "before");
      await("live message", () -> told.size() == 1);

      master.kill();
      long killed = System.nanoTime();
      Position after = answer(retried(log, "after")).position();
      Duration took = Duration.ofNanos(System.nanoTime() - killed);

      assertThat(took).isLessThan(Duration.ofSeconds(15));
      // what the dead master had acknowledged last may be missing here: nobody is told otherwise
      assertThat(after.epoch()).isGreaterThan(before.epoch());
      assertThat(answer(log.read(CHANNEL, before, 10)).complete()).isFalse();
      await("doubt", () -> doubts.get() > 0);
      await("the feed", () -> isTold(told, answer(retried(log, "live " + told.size()))));
    }
  }

  private static boolean isTold(List<Publication> told, AppendOutcome outcome) {
    return told.stream().anyMatch(it -> it.position().equals(outcome.position()));
  }

  private static AtomicInteger listen(ChannelLog log, List<Publication> told) {
    AtomicInteger doubts = new AtomicInteger();
    log.listen(
        new ChannelLog.Listener() {
          @Override
          public void published(Publication publication) {
            told.add(publication);
          }

          @Override
          public void doubted() {
            doubts.incrementAndGet();
          }
        });
    return doubts;
  }

  /** Again until there is an answer, as a client would. */
  private static CompletionStage<AppendOutcome> retried(ChannelLog log, String id) {
    return log.append(CHANNEL, message(id, "m"), KEEP)
        .exceptionallyCompose(failure -> retried(log, id));
  }
}
