package io.carillon.chaos;

import io.carillon.chaos.check.Violation;
import io.carillon.chaos.check.Violation.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one cell. Immutable.
 *
 * @param recovery empty when messages did not flow again in time
 * @param residentBytes the most that a node had
 */
record Outcome(
    Fault fault,
    int run,
    Counts counts,
    Duration longestSilence,
    Optional<Duration> recovery,
    long residentBytes,
    List<Violation> violations) {

  /**
   * How much there was of everything.
   *
   * @param gaps announcements that something is missing
   * @param retries tries to publish that had to be repeated
   */
  record Counts(int acked, int delivered, int gaps, int retries, int failed) {}

  Outcome {
    violations = List.copyOf(violations);
  }

  boolean isGood() {
    return violations.isEmpty();
  }

  int broken(Promise... promises) {
    List<Promise> which = List.of(promises);
    return (int) violations.stream().filter(each -> which.contains(each.promise())).count();
  }
}
