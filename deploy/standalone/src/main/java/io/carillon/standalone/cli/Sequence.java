package io.carillon.standalone.cli;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether the numbers 0, 1, 2, … of one publisher arrive once each and in order. Thread-safe,
 * guarded by this.
 */
final class Sequence {
  /** Missing numbers that are remembered; more are counted as lost at once. */
  private static final int HOLES_MAX = 100_000;

  private final Set<Long> holes = new HashSet<>();
  private long next;
  private long overflow;
  private long duplicated;
  private long reordered;

  /**
   * What is wrong.
   *
   * @param lost acknowledged, and never arrived
   */
  record Faults(long lost, long duplicated, long reordered) {
    static final Faults NONE = new Faults(0, 0, 0);

    Faults plus(Faults other) {
      return new Faults(
          lost + other.lost, duplicated + other.duplicated, reordered + other.reordered);
    }

    boolean isNone() {
      return equals(NONE);
    }
  }

  synchronized void arrived(long number) {
    if (number == next) {
      next++;
    } else if (number > next) {
      for (long missing = next; missing < number; missing++) {
        if (holes.size() < HOLES_MAX) {
          holes.add(missing);
        } else {
          overflow++;
        }
      }
      next = number + 1;
    } else if (holes.remove(number)) {
      reordered++;
    } else {
      duplicated++;
    }
  }

  /**
   * What is wrong by now.
   *
   * @param sent how many were sent
   * @param refused of those, the ones that may be missing
   */
  synchronized Faults faults(long sent, Set<Long> refused) {
    long lost = overflow + holes.stream().filter(number -> !refused.contains(number)).count();
    for (long number = next; number < sent; number++) {
      lost += refused.contains(number) ? 0 : 1;
    }
    return new Faults(lost, duplicated, reordered);
  }
}
