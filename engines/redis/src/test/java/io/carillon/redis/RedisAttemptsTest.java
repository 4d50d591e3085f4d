package io.carillon.redis;

import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.SharedAttempts.Attempt;
import io.carillon.core.engine.SharedAttempts.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Attempts that two nodes count together. */
class RedisAttemptsTest {
  private static final Attempt ANNA =
      new Attempt("account anna@example.com", List.of(new Limit(4, Duration.ofMinutes(4))));

  private final RedisProcess server = RedisProcess.start();
  private final AtomicLong skewMillis = new AtomicLong();
  private final RedisEngine one = RedisEngine.start(server.address("t"), 0, skewMillis::get);
  private final RedisEngine other = RedisEngine.start(server.address("t"), 0, skewMillis::get);

  @AfterEach
  void close() {
    one.close();
    other.close();
    server.close();
  }

  private static long attempt(RedisEngine engine, Attempt attempt) {
    return answer(engine.attempts().attempt(attempt));
  }

  @Test
  void twoNodesAllowTogetherWhatOneMay() {
    assertThat(attempt(one, ANNA)).isZero();
    assertThat(attempt(other, ANNA)).isZero();
    assertThat(attempt(one, ANNA)).isZero();
    assertThat(attempt(other, ANNA)).isZero();

    assertThat(attempt(one, ANNA)).isBetween(1L, 60_001L);
    assertThat(attempt(other, ANNA)).isBetween(1L, 60_001L);
    assertThat(attempt(other, new Attempt("account bert@example.com", ANNA.limits()))).isZero();
    try (Jedis client = server.client()) {
      assertThat(client.keys("*")).noneMatch(key -> key.contains("anna"));
      assertThat(client.keys("t:attempts:*"))
          .hasSize(2)
          .allSatisfy(key -> assertThat(client.pttl(key)).isBetween(1L, 240_000L));
    }
  }

  @Test
  void allLimitsHaveToAllowIt() {
    Attempt twice =
        new Attempt(
            "codes", List.of(new Limit(1, Duration.ofMillis(1)), new Limit(2, Duration.ofDays(1))));
    long allowed = 0;
    for (int i = 0; i < 200; i++) {
      allowed += attempt(one, twice) == 0 ? 1 : 0;
    }

    assertThat(allowed).isEqualTo(2);
  }

  @Test
  void withoutRedisThatIsSaid() {
    attempt(one, ANNA);
    server.kill();

    failure(one.attempts().attempt(ANNA));
  }
}
