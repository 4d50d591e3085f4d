package io.carillon.redis;

import static io.carillon.redis.Cases.APP;
import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.await;
import static io.carillon.redis.Cases.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.limit.MessageRate.Ceilings;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.TenantId;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Budgets that two nodes share, and what becomes of them without Redis. */
class RedisBudgetTest {
  private static final int PER_SECOND = 200;
  private static final Pattern CALLS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");
  private static final App THE_APP =
      new App(APP, new TenantId(new UUID(0, 1)), AppSettings.DEFAULT, List.of(), List.of());

  private final RedisProcess server = RedisProcess.start();
  private final List<RedisEngine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(RedisEngine::close);
    server.close();
  }

  @Test
  void twoNodesTogetherPublishWhatOneMay() {
    List<MessageRate> nodes = List.of(rate(engine()), rate(engine()));
    long began = System.nanoTime();
    long end = began + Duration.ofSeconds(3).toNanos();
    int taken = 0;
    while (System.nanoTime() - end < 0) {
      for (MessageRate node : nodes) {
        taken += node.take(THE_APP, null, 1, 1) == null ? 1 : 0;
      }
      LockSupport.parkNanos(100_000);
    }

    double seconds = (System.nanoTime() - began) / 1e9;
    // a budget at once, one more on credit, and what comes
    assertThat((double) taken)
        .isBetween(PER_SECOND * seconds * 0.7, PER_SECOND * (2 + seconds) + 1);
  }

  @Test
  void aSingleMessageAsksNobody() {
    MessageRate rate =
        new MessageRate(engine().ports().counters(), Ticker.SYSTEM, new Ceilings(100_000, 0));
    rate.take(THE_APP, null, 1, 1);
    try (Jedis client = server.client()) {
      client.configResetStat();
      for (int i = 0; i < 20_000; i++) {
        assertThat(rate.take(THE_APP, null, 1, 1)).isNull();
      }
      // all of them can be over before Redis has answered the first request
      await("a request", () -> rate.take(THE_APP, null, 1, 1) == null && requests(client) > 0);
      assertThat(requests(client)).isLessThan(100);
    }
  }

  /** How many requests Redis has been through; it tells of none by saying nothing. */
  private static int requests(Jedis client) {
    Matcher calls = CALLS.matcher(client.info("commandstats"));
    return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
  }

  @Test
  void withoutRedisEachNodeHasItsShare() {
    RedisEngine engine = engine();
    RedisEngine other = engine();
    await("both nodes", () -> other.ports().counters().nodes() == 2);
    MessageRate rate = rate(other);
    rate.take(THE_APP, null, 1, 1);
    server.kill();
    failure(engine.ports().counters().take(new Budget("messages", "9", 1), 1));

    long began = System.nanoTime();
    long end = began + Duration.ofSeconds(4).toNanos();
    int taken = 0;
    while (System.nanoTime() - end < 0) {
      taken += rate.take(THE_APP, null, 1, 1) == null ? 1 : 0;
      LockSupport.parkNanos(100_000);
    }

    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat((double) taken)
        .isBetween(PER_SECOND / 2.0 * (seconds - 2), PER_SECOND / 2.0 * (seconds + 3));
  }

  @Test
  void anEmptiedRedisIsAFullBudget() {
    MessageRate rate = rate(engine());
    await("the end of the budget", () -> rate.take(THE_APP, null, 10, 1) != null);
    try (Jedis client = server.client()) {
      client.flushAll();
    }

    await("a new one", () -> rate.take(THE_APP, null, 1, 1) == null);
  }

  private RedisEngine engine() {
    RedisEngine engine = RedisEngine.start(server.address("t"), 0);
    engines.add(engine);
    return engine;
  }

  private static MessageRate rate(RedisEngine engine) {
    answer(engine.ports().counters().take(new Budget("messages", "warm", 1), 1));
    return new MessageRate(engine.ports().counters(), Ticker.SYSTEM, new Ceilings(PER_SECOND, 0));
  }
}
