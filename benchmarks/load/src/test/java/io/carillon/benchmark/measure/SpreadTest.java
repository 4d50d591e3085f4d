package io.carillon.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Spread.of(30, 10, 20)).isEqualTo(new Spread(20, 10, 30, 1));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    assertThat(Spread.of(10, 40, 20, 30).median()).isEqualTo(25);
  }

  @Test
  void oneRunHasNoSpread() {
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 0));
  }

  @Test
  void noRunIsAMistake() {
    assertThatThrownBy(Spread::of).hasMessage("no values (expected: at least one)");
  }
}
