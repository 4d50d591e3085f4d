package io.carillon.benchmark;

import io.carillon.benchmark.scenario.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the command line asks for. Immutable.
 *
 * @param systems names of profiles; the first is what the others are compared with
 * @param scenarios names; empty for all
 * @param runs of each scenario and system
 * @param attempts a run that others disturbed is done again so often, then kept with its mark
 */
record Options(
    List<String> systems, List<String> scenarios, int runs, int attempts, Settings settings) {
  static final String USAGE =
      """
      usage: ./carillon bench [--systems a,b,...] [--scenarios a,b,...] [--runs 3] [--attempts 3]
                              [--seconds 6] [--warm-up 10] [--window 32] [--divisor 1]
      """;

  private static final List<String> SYSTEMS = List.of("carillon", "carillon-pusher", "nchan", "ws");

  Options {
    systems = List.copyOf(systems);
    scenarios = List.copyOf(scenarios);
  }

  /**
   * Reads pairs of a name and a value.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Options of(String... arguments) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " (expected: --name value)\n" + USAGE);
      }
      given.put(arguments[i].substring(2), arguments[i + 1]);
    }
    Settings standard = Settings.DEFAULT;
    Options options =
        new Options(
            list(given.remove("systems"), SYSTEMS),
            list(given.remove("scenarios"), List.of()),
            number(given, "runs", 3),
            number(given, "attempts", 3),
            new Settings(
                number(given, "warm-up", standard.warmUpMillis() / 1_000) * 1_000,
                number(given, "seconds", standard.millis() / 1_000) * 1_000,
                number(given, "divisor", standard.divisor()),
                number(given, "window", standard.window())));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("--" + given.keySet() + ": no such option\n" + USAGE);
    }
    return options;
  }

  private static List<String> list(
      @org.jspecify.annotations.Nullable String text, List<String> otherwise) {
    return text == null ? otherwise : Arrays.asList(text.split(",", -1));
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    String text = given.remove(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException("--" + name + " " + text + " (expected: 1 or more)");
    }
    return Integer.parseInt(text);
  }
}
