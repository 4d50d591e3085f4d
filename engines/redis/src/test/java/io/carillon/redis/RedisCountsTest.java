package io.carillon.redis;

import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.channel;
import static io.carillon.redis.Cases.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.AppendCounts;
import io.carillon.core.engine.AppendCounts.Snapshot;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.UsageStore.Row;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Redis counts in the step that appends. */
class RedisCountsTest {
  private static final Retention ONE = Cases.KEEP.countedTo(new KeyId("one"));
  private static final Retention TWO = Cases.KEEP.countedTo(new KeyId("two"));

  private final RedisProcess server = RedisProcess.start();
  private RedisEngine engine = engine();

  private RedisEngine engine() {
    return RedisEngine.start(
        RedisAddress.single("127.0.0.1", server.port(), RedisAddress.DEFAULT_PREFIX),
        0,
        Dialect.Skew.NONE);
  }

  @AfterEach
  void close() {
    engine.close();
    server.close();
  }

  private ChannelLog log() {
    return engine.ports().log();
  }

  private AppendCounts counts() {
    return log().counts().orElseThrow();
  }

  private static Usage of(Snapshot snapshot, String key) {
    return snapshot.rows().stream()
        .filter(row -> row.account().equals(new UsageKey(Cases.APP, new KeyId(key))))
        .map(Row::usage)
        .reduce(Usage.NONE, Usage::plus);
  }

  @Test
  void whatIsAppendedIsCountedOnceByItsKey() {
    List<CompletionStage<?>> appends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      appends.add(log().append(channel("room"), message("id-" + i, "12345"), i < 5 ? ONE : TWO));
    }
    appends.add(log().append(channel("other"), message("id-1", "1"), ONE));
    appends.add(log().append(channel("room"), message("id-1", "12345"), TWO));
    appends.forEach(Cases::answer);

    Snapshot snapshot = answer(counts().read());

    assertThat(of(snapshot, "one")).isEqualTo(Usage.ofMessages(6, 26));
    assertThat(of(snapshot, "two")).isEqualTo(Usage.ofMessages(15, 75));
    assertThat(answer(counts().read()).rows()).containsExactlyInAnyOrderElementsOf(snapshot.rows());
  }

  @Test
  void aNodeThatDiesTakesNoCountWithIt() {
    answer(log().append(channel("room"), message("id", "12345"), ONE));
    engine.die();
    engine = engine();

    assertThat(answer(log().append(channel("room"), message("id", "12345"), ONE))).isNotNull();
    assertThat(of(answer(counts().read()), "one")).isEqualTo(Usage.ofMessages(1, 5));
  }

  @Test
  void whatIsForgottenIsGoneAndItsSourceStays() {
    answer(log().append(channel("room"), message("id", "12345"), ONE));
    Snapshot before = answer(counts().read());
    answer(counts().forget(before.rows()));
    assertThat(answer(counts().read()).rows()).isEmpty();

    answer(log().append(channel("room"), message("id-2", "12345"), ONE));

    assertThat(answer(counts().read()).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.source()).isEqualTo(before.rows().getFirst().source()));
    assertThat(Duration.ofMinutes(before.minute())).isPositive();
  }
}
