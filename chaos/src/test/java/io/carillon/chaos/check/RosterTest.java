package io.carillon.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is wrong about members, and about silence, is found. */
class RosterTest {
  private static final Set<String> STAYING = Set.of("anna");
  private static final Set<String> LEAVING = Set.of("bert");

  private final Roster roster = new Roster("carla");

  private void meet() {
    roster.exactly(Map.of("k1", "anna"));
    roster.present("k2", "bert");
  }

  private List<Violation> violations() {
    return roster.violations(STAYING, LEAVING);
  }

  @Test
  void whoStaysStaysAndWhoLeavesLeavesOnce() {
    meet();
    roster.gone("k2");
    roster.gone("k2");

    assertThat(violations()).isEmpty();
    assertThat(roster.present()).containsExactly("anna");
  }

  @Test
  void aGhostIsFound() {
    meet();

    assertThat(violations()).anyMatch(each -> each.detail().contains("bert is still there"));
  }

  @Test
  void whoIsThereAndIsNotShownIsFound() {
    meet();
    roster.gone("k2");
    roster.gone("k1");

    assertThat(violations()).anyMatch(each -> each.detail().contains("anna is missing"));
  }

  @Test
  void aLeaveOfWhoWasThereAllTheTimeIsFound() {
    meet();
    roster.exactly(Map.of());
    roster.present("k1", "anna");

    assertThat(violations())
        .singleElement()
        .satisfies(each -> assertThat(each.detail()).contains("anna came 2 times and left 1"));
  }

  @Test
  void aLeaveThatIsToldTwiceIsFound() {
    meet();
    roster.gone("k2");
    roster.present("k2", "bert");
    roster.gone("k2");

    assertThat(violations()).anyMatch(each -> each.detail().contains("bert came 2 times"));
  }

  @Test
  void whoIsThereTwiceAndWhoIsNobodyAreFound() {
    meet();
    roster.gone("k2");
    roster.present("k3", "anna");
    roster.present("k4", "mallory");

    assertThat(violations()).anyMatch(each -> each.detail().contains("there twice"));
    assertThat(violations()).anyMatch(each -> each.detail().contains("mallory is nobody"));
  }

  @Test
  void silenceCountsFromTheBeginningToTheEnd() {
    Journal journal = new Journal("anna", Story.HOT);
    for (long at : new long[] {2, 3, 9}) {
      journal.add(
          new Heard.Delivered(new io.carillon.client.Position(1, at), "id" + at, at * 1_000_000));
    }

    assertThat(Intervals.longestSilence(List.of(journal), 0, 10_000_000))
        .isEqualTo(Duration.ofMillis(6));
    assertThat(Intervals.longestSilence(List.of(journal), 0, 30_000_000))
        .isEqualTo(Duration.ofMillis(21));
  }
}
