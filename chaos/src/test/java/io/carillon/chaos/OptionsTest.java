package io.carillon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The arguments of the command. */
class OptionsTest {
  @Test
  void withoutArgumentsEverythingIsPlayed() {
    Options options = Options.parse(new String[0]);

    assertThat(options.faults()).containsExactly(Fault.values());
    assertThat(options.runs()).isEqualTo(5);
  }

  @Test
  void whatIsAskedForIsPlayed() {
    Options options =
        Options.parse(new String[] {"--runs", "2", "--fault", "none,bus-cut", "--seed", "42"});

    assertThat(options.runs()).isEqualTo(2);
    assertThat(options.faults()).containsExactly(Fault.NONE, Fault.BUS_CUT);
    assertThat(options.seed()).isEqualTo(42);
  }

  @Test
  void whatMakesNoSenseIsRefusedWithWhatWouldHaveMade() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--fault", "flood"}))
        .hasMessageContaining("\"flood\" (expected: some of none, edge-kill");
    assertThatThrownBy(() -> Options.parse(new String[] {"--runs", "0"}))
        .hasMessageContaining("\"0\" (expected: a number from 1 on)");
    assertThatThrownBy(() -> Options.parse(new String[] {"--runs"}))
        .hasMessageContaining("(expected: a value)");
    assertThatThrownBy(() -> Options.parse(new String[] {"--times", "3"}))
        .hasMessageContaining("--times (expected: --runs");
  }
}
