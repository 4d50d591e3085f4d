package io.carillon.core.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two nodes whose counter is the same. */
final class AdmissionTest {
  private static final App APP =
      TestNode.app(TestNode.APP, TestNode.settings(new Limits(3, 1_000, 10, 100, 100)));

  private final FakeTicker ticker = new FakeTicker();
  private final Ports ports = new LocalEngine(ticker, 1_000).ports();
  private final Occupancy shared = ports.occupancy();
  private final Counters counters = ports.counters();
  private final Admission one = new Admission(100, shared, counters, ticker);
  private final Admission two = new Admission(100, shared, counters, ticker);

  @Test
  void connectionsAreOpenedAsFastAsTheLimitSays() {
    Map<Limit, Long> limits = Map.of(Limit.CONNECTIONS_PER_SECOND, 2L);
    App app =
        TestNode.app(
            TestNode.APP, TestNode.settings(Limits.of(new LimitPlan("plan", limits), Map.of())));

    assertThat(one.enter(app)).isNull();
    assertThat(one.enter(app)).isNull();
    Problem refusal = requireNonNull(one.enter(app));

    assertThat(refusal.code()).isEqualTo(ErrorCode.CONNECTION_RATE);
    assertThat(refusal.afterMillis()).isBetween(1L, 500L);
    assertThat(one.connections()).isEqualTo(2);
    ticker.advance(Duration.ofMillis(500));
    assertThat(one.enter(app)).isNull();
  }

  @Test
  void connectionsOfOtherNodesCount() {
    assertThat(one.enter(APP)).isNull();
    assertThat(one.enter(APP)).isNull();
    assertThat(two.enter(APP)).isNull();

    assertThat(requireNonNull(two.enter(APP)).code()).isEqualTo(ErrorCode.CONNECTIONS_ELSEWHERE);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(requireNonNull(one.enter(APP)).code()).isEqualTo(ErrorCode.CONNECTIONS_ELSEWHERE);
    assertThat(one.connections()).isEqualTo(2);
  }

  @Test
  void whatLeavesElsewhereMakesRoomWithinASecond() {
    for (int i = 0; i < 3; i++) {
      assertThat(one.enter(APP)).isNull();
    }
    assertThat(requireNonNull(one.enter(APP)).code()).isEqualTo(ErrorCode.CONNECTION_QUOTA);
    assertThat(two.enter(APP)).isNotNull();
    one.leave(APP.id());
    ticker.advance(Duration.ofSeconds(1));

    assertThat(two.enter(APP)).isNull();
  }

  @Test
  void applicationsAreCountedApart() {
    for (int i = 0; i < 3; i++) {
      one.enter(APP);
    }

    assertThat(two.enter(TestNode.app(TestNode.OTHER_APP))).isNull();
  }
}
