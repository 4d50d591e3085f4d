package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.QueryParameters;
import io.carillon.api.http.Quoted;
import io.carillon.core.engine.UsageStore.Split;
import io.carillon.core.engine.UsageStore.Step;
import io.carillon.core.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

/**
 * What is asked of usage. Immutable.
 *
 * @param from the beginning of a step
 */
record UsageQuery(Instant from, Instant to, Step step, Split split, boolean csv) {
  static final Set<String> PARAMETERS = Set.of("from", "to", "step", "by", "format");

  /** Steps between the times at most: a day of minutes and a bit, or two months of hours. */
  static final int STEPS_MAX = 1_500;

  /** Lines of an answer at most, over all keys or applications. */
  static final int LINES_MAX = 20_000;

  static Checked<UsageQuery> read(QueryParameters query, Instant now) {
    return named(query, "step", Step.HOUR)
        .then(
            step ->
                named(query, "by", Split.NOTHING)
                    .then(
                        split ->
                            named(query, "format", Format.JSON)
                                .then(
                                    format ->
                                        between(query, now, new Shape(step, split, format)))));
  }

  private enum Format {
    JSON,
    CSV
  }

  private record Shape(Step step, Split split, Format format) {}

  private static <E extends Enum<E>> Checked<E> named(
      QueryParameters query, String name, E fallback) {
    String text = query.get(name);
    if (text == null) {
      return Checked.valid(fallback);
    }
    E[] values = fallback.getDeclaringClass().getEnumConstants();
    StringBuilder expected = new StringBuilder();
    for (E value : values) {
      String word = value.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return Checked.valid(value);
      }
      expected.append(expected.isEmpty() ? "" : ", ").append(word);
    }
    return Checked.refused(
        ErrorCode.BAD_REQUEST, name + ": " + Quoted.of(text) + " (expected: " + expected + ")");
  }

  private static Checked<UsageQuery> between(QueryParameters query, Instant now, Shape shape) {
    return time(query, "to", now)
        .then(
            to ->
                time(query, "from", to.minus(usual(shape.step())))
                    .then(from -> checked(from, to, shape)));
  }

  private static Checked<UsageQuery> checked(Instant from, Instant to, Shape shape) {
    long steps = Duration.between(from, to).dividedBy(lengthOf(shape.step()));
    if (!from.isBefore(to) || steps > STEPS_MAX) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          "from, to: "
              + steps
              + " steps (expected: from before to, with up to "
              + STEPS_MAX
              + " steps between)");
    }
    return Checked.valid(
        new UsageQuery(
            beginOf(from, shape.step()),
            to,
            shape.step(),
            shape.split(),
            shape.format() == Format.CSV));
  }

  private static Checked<Instant> time(QueryParameters query, String name, Instant fallback) {
    String text = query.get(name);
    if (text == null) {
      return Checked.valid(fallback);
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 2000 && year < 3000) {
        return Checked.valid(time);
      }
    } catch (DateTimeException e) {
      // said below, as for any other text
    }
    return Checked.refused(
        ErrorCode.BAD_REQUEST,
        name + ": " + Quoted.of(text) + " (expected: a time such as 2026-11-21T12:00:00Z)");
  }

  private static Instant beginOf(Instant time, Step step) {
    return switch (step) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case MONTH ->
          time.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
    };
  }

  private static Duration lengthOf(Step step) {
    return switch (step) {
      case MINUTE -> Duration.ofMinutes(1);
      case HOUR -> Duration.ofHours(1);
      case DAY -> Duration.ofDays(1);
      case MONTH -> Duration.ofDays(30);
    };
  }

  private static Duration usual(Step step) {
    return switch (step) {
      case MINUTE -> Duration.ofHours(1);
      case HOUR -> Duration.ofDays(1);
      case DAY -> Duration.ofDays(30);
      case MONTH -> Duration.ofDays(365);
    };
  }
}
