package io.carillon.redis;

import static io.carillon.redis.Cases.KEEP;
import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/**
 * How many messages one node's pipe to Redis takes in a second, and what one costs; prints a row of
 * {@code docs/redis-figures.md}. Excluded unless asked for; that page says how.
 */
@Tag("measure")
class RedisAppendFiguresTest {
  private static final long SECONDS = Long.getLong("carillon.measure.seconds", 10);
  private static final int UNANSWERED_MAX = 4_096;
  private static final String TEXT = "x".repeat(100);

  @ParameterizedTest
  @CsvSource({
    "1,     false, false",
    "10,    false, false",
    "10000, false, false",
    "1,     true,  false",
    "10,    true,  false",
    "10000, true,  false",
    "1,     true,  true",
    "10,    true,  true"
  })
  void appends(int channels, boolean ids, boolean joined) throws Exception {
    try (RedisProcess server = RedisProcess.start("--maxmemory", "4gb");
        RedisEngine engine = RedisEngine.start(server.address("m"), 0);
        Jedis client = server.client()) {
      ChannelLog log = engine.ports().log();
      log.listen(publication -> {});
      for (int i = 0; joined && i < channels; i++) {
        answer(log.join(channel("c" + i)));
      }
      Load load = new Load(log, channels, ids);
      load.run(Math.max(1, SECONDS / 3));
      double redis = cpuMicros(client);
      double own = ownCpuMicros();
      long began = System.nanoTime();
      long done = load.run(SECONDS);
      double seconds = (System.nanoTime() - began) / 1e9;

      print(channels, ids, joined, done / seconds);
      System.out.printf(
          Locale.ROOT,
          " %.1f | %.1f |%n",
          (ownCpuMicros() - own) / done,
          (cpuMicros(client) - redis) / done);
      assertThat(load.failed.get()).isZero();
    }
  }

  private static void print(int channels, boolean ids, boolean joined, double perSecond) {
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %s | %,.0f |",
        channels,
        ids ? "yes" : "no",
        joined ? "yes" : "no",
        perSecond);
  }

  /** What the server has used since its start. */
  private static double cpuMicros(Jedis client) {
    double seconds = 0;
    for (String line : client.info("cpu").split("\r\n", -1)) {
      if (line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:")) {
        seconds += Double.parseDouble(line.substring(line.indexOf(':') + 1));
      }
    }
    return seconds * 1e6;
  }

  /** What this process has used; the load itself is part of it. */
  private static double ownCpuMicros() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e3;
  }

  /** Appends to one channel after the other, so many unanswered at a time. */
  private static final class Load {
    private final ChannelLog log;
    private final int channels;
    private final boolean ids;
    private final AtomicLong failed = new AtomicLong();
    private long next;

    Load(ChannelLog log, int channels, boolean ids) {
      this.log = log;
      this.channels = channels;
      this.ids = ids;
    }

    /** How many were answered. */
    long run(long seconds) throws InterruptedException {
      Semaphore room = new Semaphore(UNANSWERED_MAX);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      long began = next;
      while (System.nanoTime() - end < 0) {
        room.acquire();
        String id = ids ? "id-" + next : null;
        Message message = new Message(id, "event", Payload.text(TEXT), Origin.Backend.TO_EVERYONE);
        log.append(channel("c" + next % channels), message, KEEP)
            .whenComplete(
                (outcome, failure) -> {
                  room.release();
                  if (failure != null) {
                    failed.incrementAndGet();
                  }
                });
        next++;
      }
      room.acquire(UNANSWERED_MAX);
      return next - began;
    }
  }
}
