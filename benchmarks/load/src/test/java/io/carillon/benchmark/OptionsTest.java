package io.carillon.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.benchmark.scenario.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutArgumentsEverythingIsMeasuredThreeTimes() {
    Options options = Options.of();

    assertThat(options.systems()).startsWith("carillon");
    assertThat(options.scenarios()).isEmpty();
    assertThat(options.runs()).isEqualTo(3);
    assertThat(options.settings()).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void readsNamesAndNumbers() {
    Options options = Options.of("--systems", "a,b", "--runs", "5", "--seconds", "2");

    assertThat(options.systems()).isEqualTo(List.of("a", "b"));
    assertThat(options.runs()).isEqualTo(5);
    assertThat(options.settings().millis()).isEqualTo(2_000);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Options.of("--run", "5"))
        .hasMessageContaining("[run]: no such option");
    assertThatThrownBy(() -> Options.of("--runs", "0"))
        .hasMessage("--runs 0 (expected: 1 or more)");
    assertThatThrownBy(() -> Options.of("--runs")).hasMessageContaining("--name value");
  }
}
