package io.carillon.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.carillon.core.simulation.Simulation.Summary;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs the simulation: a fixed set of seeds and a fresh one on every build, one seed alone with
 * {@code -Dcarillon.simulation.seed=…}, and fresh seeds for a long time with {@code
 * -Dcarillon.simulation.minutes=…}. See docs/simulation.md.
 */
final class SimulationTest {
  private static final int SEEDS = 200;
  private static final Duration PROGRESS = Duration.ofSeconds(30);

  @Test
  void invariantsHoldWhateverHappens() {
    Long seed = Long.getLong("carillon.simulation.seed");
    long minutes = Long.getLong("carillon.simulation.minutes", 0);
    if (seed != null) {
      report(play(seed));
    } else if (minutes > 0) {
      playFor(Duration.ofMinutes(minutes));
    } else {
      LongStream.rangeClosed(1, SEEDS).forEach(SimulationTest::play);
      report(play(fresh()));
    }
  }

  /** Else a printed seed would be worth nothing. */
  @Test
  void aSeedDecidesEverything() {
    assertThat(play(7)).isEqualTo(play(7));
    assertThat(play(7)).isNotEqualTo(play(8));
  }

  private static long fresh() {
    return System.nanoTime() & 0xffff_ffff_ffffL;
  }

  private static void playFor(Duration duration) {
    long start = System.nanoTime();
    long nextReport = PROGRESS.toNanos();
    long runs = 0;
    long delivered = 0;
    long first = fresh();
    while (System.nanoTime() - start < duration.toNanos()) {
      Summary summary = play(first + runs++);
      delivered += summary.delivered();
      if (System.nanoTime() - start > nextReport) {
        nextReport += PROGRESS.toNanos();
        print(runs + " runs from seed " + first + ", " + delivered + " messages delivered");
      }
    }
    print(runs + " runs from seed " + first + ", " + delivered + " messages delivered: all well");
  }

  static Summary play(long seed) {
    Simulation simulation = new Simulation(seed, Mutation.NONE);
    try {
      return simulation.play();
    } catch (AssertionError | RuntimeException e) {
      return fail(
          "seed "
              + seed
              + ", step "
              + simulation.steps()
              + ": "
              + e.getMessage()
              + "\n  repeat with: ./carillon simulate --seed "
              + seed
              + "\n  or: mvn -pl core test -Dtest=SimulationTest -Dcarillon.simulation.seed="
              + seed,
          e);
    }
  }

  private static void report(Summary summary) {
    print("simulation: " + summary);
  }

  /** A run of hours has to show that it goes on. */
  private static void print(String line) {
    System.out.println(line);
  }
}
