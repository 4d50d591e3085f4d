package io.carillon.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that cannot fail proves nothing: each mutation is found, and found again. */
final class MutationTest {
  private static final int SEEDS_MAX = 200;

  private record Finding(long seed, long step, Invariant invariant) {}

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isFoundByItsInvariantAndByTheSameSeedAgain(Mutation mutation) {
    Finding finding = null;
    for (long seed = 1; seed <= SEEDS_MAX && finding == null; seed++) {
      finding = play(seed, mutation);
    }

    assertThat(finding).as("%s in %d seeds", mutation, SEEDS_MAX).isNotNull();
    if (finding != null) {
      System.out.println(mutation + ": " + finding);
      assertThat(finding.invariant()).isIn(expected(mutation));
      assertThat(play(finding.seed(), mutation)).isEqualTo(finding);
    }
  }

  private static Set<Invariant> expected(Mutation mutation) {
    return switch (mutation) {
      case NONE -> Set.of();
      case FEED_CHECKS_NO_DENSITY ->
          Set.of(Invariant.NO_SILENT_GAP, Invariant.ONE_ORDER_PER_CHANNEL);
      case FEED_NEVER_CHECKS_TOP, SKIP_IS_NOT_TOLD, SLOW_CLIENT_LOSES_SILENTLY ->
          Set.of(Invariant.NO_SILENT_GAP);
      case CATCHUP_OFF_BY_ONE, READ_HIDES_ITS_HOLE ->
          Set.of(Invariant.RECOVERED_TELLS_TRUTH, Invariant.DENSE_OFFSETS, Invariant.NO_SILENT_GAP);
      case RETRY_IS_NOT_RECOGNISED -> Set.of(Invariant.NO_DUPLICATE_AT_CLIENT);
      case YOUNG_EPOCH_IS_TRUSTED -> Set.of(Invariant.NO_DUPLICATE_AT_CLIENT);
      case ACK_BEFORE_COMMIT -> Set.of(Invariant.ACKED_NEVER_LOST);
    };
  }

  private static @Nullable Finding play(long seed, Mutation mutation) {
    Simulation simulation = new Simulation(seed, mutation);
    try {
      simulation.play();
      return null;
    } catch (Violation e) {
      return new Finding(seed, simulation.steps(), e.invariant());
    }
  }
}
