package io.carillon.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carillon.benchmark.soak.Sample.Quantity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int MINUTES = 30;

  /** One sample a minute; the heap grows, threads waver, and the rest stands still. */
  private static List<Sample> samples(double heapPerMinute) {
    return IntStream.rangeClosed(0, MINUTES)
        .mapToObj(i -> new Sample(i, 40 + heapPerMinute * i, 3, 300, 28 + i % 2, 227))
        .toList();
  }

  @Test
  void aLineIsFound() {
    Trend trend = Trend.of(samples(0.5), Quantity.HEAP);

    assertThat(trend.perHour()).isCloseTo(30, within(1e-9));
    assertThat(trend.growth()).isCloseTo(15, within(1e-9));
    assertThat(trend.mean()).isCloseTo(47.5, within(1e-9));
    assertThat(trend.isFlat(Quantity.HEAP)).isFalse();
  }

  @Test
  void whatStandsStillOrWaversIsFlat() {
    assertThat(Trend.of(samples(0), Quantity.HEAP).isFlat(Quantity.HEAP)).isTrue();
    assertThat(Trend.of(samples(0), Quantity.THREADS).isFlat(Quantity.THREADS)).isTrue();
    assertThat(Trend.of(samples(0), Quantity.DESCRIPTORS).perHour()).isZero();
  }
}
