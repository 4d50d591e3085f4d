package io.carillon.chaos;

import io.carillon.chaos.check.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The outcomes as a table for people. Immutable. */
record Report(Options options, List<Outcome> outcomes) {
  private static final int DETAILS_MAX = 5;
  private static final String HEAD =
      """
      | fault | good runs | acked | delivered | lost | twice | out of order | gaps told | retried \
      | failed | longest silence (s) median / max | recovered (s) median / max | presence right \
      | memory of a node (MB) |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  Report {
    outcomes = List.copyOf(outcomes);
  }

  boolean isGood() {
    return outcomes.stream().allMatch(Outcome::isGood);
  }

  String text() {
    StringBuilder text = new StringBuilder("# Faults and what clients saw of them\n\n");
    text.append(
        "Seed %d, %d runs of each fault, two edges and two API nodes, on %d cores. What the columns mean: docs/chaos.md.%n%n"
            .formatted(options.seed(), options.runs(), Runtime.getRuntime().availableProcessors()));
    text.append(HEAD);
    Map<Fault, List<Outcome>> byFault =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(Outcome::fault, LinkedHashMap::new, Collectors.toList()));
    byFault.forEach((fault, runs) -> text.append(row(fault, runs)));
    text.append('\n').append(verdict()).append('\n');
    outcomes.stream()
        .filter(outcome -> !outcome.isGood())
        .forEach(each -> text.append(details(each)));
    return text.toString();
  }

  /** One line that says it all. */
  String verdict() {
    long broken = outcomes.stream().filter(outcome -> !outcome.isGood()).count();
    return broken == 0
        ? "**All promises were kept** in %d cells.".formatted(outcomes.size())
        : "**Promises were broken** in %d of %d cells.".formatted(broken, outcomes.size());
  }

  private static String row(Fault fault, List<Outcome> runs) {
    List<String> fields = new ArrayList<>();
    fields.add(fault.word());
    fields.add(runs.stream().filter(Outcome::isGood).count() + "/" + runs.size());
    fields.add(sum(runs, run -> run.counts().acked()));
    fields.add(sum(runs, run -> run.counts().delivered()));
    fields.add(sum(runs, run -> run.broken(Promise.NOTHING_LOST, Promise.ARCHIVE_CLOSES_GAPS)));
    fields.add(sum(runs, run -> run.broken(Promise.NOTHING_TWICE, Promise.ONE_POSITION)));
    fields.add(
        sum(runs, run -> run.broken(Promise.IN_ORDER, Promise.ONE_ORDER, Promise.REAL_TIME_ORDER)));
    fields.add(sum(runs, run -> run.counts().gaps()));
    fields.add(sum(runs, run -> run.counts().retries()));
    fields.add(sum(runs, run -> run.counts().failed()));
    fields.add(spread(runs.stream().map(Outcome::longestSilence).toList()));
    fields.add(spread(runs.stream().map(Outcome::recovery).flatMap(Optional::stream).toList()));
    fields.add(
        runs.stream().filter(run -> run.broken(Promise.PRESENCE) == 0).count() + "/" + runs.size());
    fields.add(
        String.valueOf(runs.stream().mapToLong(Outcome::residentBytes).max().orElse(0) >> 20));
    return "| " + String.join(" | ", fields) + " |\n";
  }

  private static String sum(List<Outcome> runs, java.util.function.ToIntFunction<Outcome> number) {
    return String.valueOf(runs.stream().mapToInt(number).sum());
  }

  private static String spread(List<Duration> durations) {
    if (durations.isEmpty()) {
      return "- / -";
    }
    List<Duration> sorted = durations.stream().sorted().toList();
    return seconds(sorted.get(sorted.size() / 2)) + " / " + seconds(sorted.getLast());
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1_000.0);
  }

  private String details(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%s, run %d (again: ./carillon chaos --fault %s --seed %d; logs: %s)%n"
            .formatted(
                outcome.fault().word(),
                outcome.run(),
                outcome.fault().word(),
                options.seed(),
                Suite.diagnosis(options, outcome)));
    outcome.violations().stream()
        .limit(DETAILS_MAX)
        .forEach(violation -> text.append("- ").append(violation).append('\n'));
    int more = outcome.violations().size() - DETAILS_MAX;
    if (more > 0) {
      text.append("- and ").append(more).append(" more\n");
    }
    return text.toString();
  }
}
