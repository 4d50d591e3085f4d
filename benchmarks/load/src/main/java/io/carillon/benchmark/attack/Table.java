package io.carillon.benchmark.attack;

import io.carillon.benchmark.attack.Siege.Outcome;
import java.util.List;

/** What came out, in words. Stateless. */
final class Table {
  private static final double MEGABYTE = 1 << 20;

  private Table() {}

  /** Whether the server did what it has to, and the neighbour noticed no loss. */
  static boolean isAsExpected(Outcome outcome) {
    return outcome.answers().of(outcome.attack().answer()) > 0
        && outcome.during().lost() == 0
        && outcome.during().newcomer().failures() == 0;
  }

  static String line(Outcome outcome) {
    return "%s; p99 %.1f to %.1f ms, new client %.0f to %.0f ms (longest %.0f), %.0f to %.0f MB live, peak %.0f, %.2f cores%s"
        .formatted(
            outcome.answers().text(),
            outcome.before().p99Millis(),
            outcome.during().p99Millis(),
            outcome.before().newcomer().medianMillis(),
            outcome.during().newcomer().medianMillis(),
            outcome.during().newcomer().longestMillis(),
            outcome.held().before() / MEGABYTE,
            outcome.held().after() / MEGABYTE,
            outcome.held().peak() / MEGABYTE,
            outcome.cores(),
            isAsExpected(outcome) ? "" : " (!) expected: " + outcome.attack().answer());
  }

  /** As Markdown. */
  static String of(List<Outcome> outcomes) {
    StringBuilder out =
        new StringBuilder(
            "| attack | answer | neighbour's p99 in ms: before, during | new client in ms: before,"
                + " during (longest) | memory in MB: live before and after, peak of the process | cores |\n"
                + "|---|---|---|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      out.append(
          "| %s | %s%s | %.1f, %.1f | %.0f, %.0f (%.0f) | %.0f, %.0f, %.0f | %.2f |\n"
              .formatted(
                  outcome.attack().title(),
                  isAsExpected(outcome) ? "" : "**not as expected** ",
                  outcome.answers().text(),
                  outcome.before().p99Millis(),
                  outcome.during().p99Millis(),
                  outcome.before().newcomer().medianMillis(),
                  outcome.during().newcomer().medianMillis(),
                  outcome.during().newcomer().longestMillis(),
                  outcome.held().before() / MEGABYTE,
                  outcome.held().after() / MEGABYTE,
                  outcome.held().peak() / MEGABYTE,
                  outcome.cores()));
    }
    return out.toString();
  }
}
