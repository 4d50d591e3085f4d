package io.carillon.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.core.runtime.Chance;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(30));
  private static final Chance NONE = () -> 0;

  @Test
  void itDoublesUpToTheLongest() {
    assertThat(BACK_OFF.after(1, NONE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(BACK_OFF.after(2, NONE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(BACK_OFF.after(11, NONE)).isEqualTo(Duration.ofSeconds(1_024));
    assertThat(BACK_OFF.after(12, NONE)).isEqualTo(Duration.ofMinutes(30));
    assertThat(BACK_OFF.after(Integer.MAX_VALUE, NONE)).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void chanceShortensItToNoLessThanHalf() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      int failures = 1 + random.nextInt(40);
      Duration whole = BACK_OFF.after(failures, NONE);
      Duration wait = BACK_OFF.after(failures, random::nextLong);
      assertThat(wait).isBetween(whole.dividedBy(2), whole);
    }
  }

  @Test
  void nothingIsNoBackOff() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }

  @Test
  void theBreakerLeavesAFailingEndpointAlone() {
    Breaker breaker = new Breaker(new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(1)));

    assertThat(breaker.afterFailure(Breaker.THRESHOLD - 1, NONE)).isZero();
    assertThat(breaker.afterFailure(Breaker.THRESHOLD, NONE)).isEqualTo(Duration.ofSeconds(5));
    assertThat(breaker.afterFailure(Breaker.THRESHOLD + 3, NONE)).isEqualTo(Duration.ofSeconds(40));
    assertThat(breaker.afterFailure(Breaker.THRESHOLD + 9, NONE)).isEqualTo(Duration.ofMinutes(1));
  }
}
