package io.carillon.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void quantilesAreRightWithinTwoPercent() {
    for (int i = 1; i <= 100_000; i++) {
      latencies.record(i * 1_000L);
    }

    assertThat(latencies.total()).isEqualTo(100_000);
    assertThat(latencies.quantile(0.5)).isCloseTo(50_000_000L, Percentage.withPercentage(2));
    assertThat(latencies.quantile(0.99)).isCloseTo(99_000_000L, Percentage.withPercentage(2));
    assertThat(latencies.quantile(1)).isEqualTo(100_000_000);
    assertThat(latencies.max()).isEqualTo(100_000_000);
  }

  @Test
  void shortOnesAreExact() {
    for (int i = 0; i < 64; i++) {
      latencies.record(i);
    }

    assertThat(latencies.quantile(0.5)).isEqualTo(31);
  }

  @Test
  void takesEveryValue() {
    latencies.record(Long.MAX_VALUE);
    latencies.record(-5);
    latencies.record(0);

    assertThat(latencies.max()).isEqualTo(Long.MAX_VALUE);
    assertThat(latencies.quantile(0.5)).isZero();
  }

  @Test
  void ofNothingIsNothing() {
    latencies.record(5);
    latencies.clear();

    assertThat(latencies.total()).isZero();
    assertThat(latencies.quantile(0.99)).isCloseTo(0, within(0L));
  }
}
