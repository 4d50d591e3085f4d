package io.carillon.postgres;

import io.carillon.core.model.Limit;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Limits as a column has them: a line for each, as {@code connections=500}. Stateless. */
final class WrittenLimits {
  private static final String LINE_END = "\n";

  private WrittenLimits() {}

  static String write(Map<Limit, Long> limits) {
    return limits.entrySet().stream()
        .map(limit -> limit.getKey().word() + "=" + limit.getValue())
        .collect(Collectors.joining(LINE_END));
  }

  /**
   * What was written; a name that only a later version knows is passed over.
   *
   * @throws IllegalArgumentException when a line has no meaning, so that nobody gets more than was
   *     meant
   */
  static Map<Limit, Long> read(String text) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    for (String line : text.isEmpty() ? new String[0] : text.split(LINE_END, -1)) {
      int sign = line.indexOf('=');
      if (sign < 0) {
        throw new IllegalArgumentException(
            "limit: " + line + " (expected: a name, = and a number)");
      }
      Limit limit = Limit.ofWord(line.substring(0, sign));
      if (limit != null) {
        limits.put(limit, Long.parseLong(line.substring(sign + 1)));
      }
    }
    return limits;
  }
}
