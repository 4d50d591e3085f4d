package io.carillon.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a run is asked for. Immutable.
 *
 * @param runs of each fault
 * @param seed decides who is harmed and what is published where
 * @param seconds that a cell takes at least
 * @param stormClients how many make a storm
 * @param jar the packaged server
 * @param output where the report and what belongs to failures is written
 */
record Options(
    int runs, List<Fault> faults, long seed, int seconds, int stormClients, Path jar, Path output) {
  private static final int RUNS = 5;
  private static final int SECONDS = 8;
  private static final int STORM_CLIENTS = 5_000;

  Options {
    faults = List.copyOf(faults);
  }

  /**
   * Reads the arguments of the command.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Options parse(String[] arguments) {
    Options options =
        new Options(
            RUNS,
            List.of(Fault.values()),
            System.nanoTime() & 0xffff_ffffL,
            SECONDS,
            STORM_CLIENTS,
            Path.of("deploy/standalone/target/carillon-standalone.jar"),
            Path.of("target"));
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("chaos: " + arguments[i] + " (expected: a value)");
      }
      options = options.with(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--runs" ->
          new Options((int) number(name, value), faults, seed, seconds, stormClients, jar, output);
      case "--fault" -> new Options(runs, faults(value), seed, seconds, stormClients, jar, output);
      case "--seed" ->
          new Options(runs, faults, number(name, value), seconds, stormClients, jar, output);
      case "--seconds" ->
          new Options(runs, faults, seed, (int) number(name, value), stormClients, jar, output);
      case "--storm-clients" ->
          new Options(runs, faults, seed, seconds, (int) number(name, value), jar, output);
      case "--jar" ->
          new Options(runs, faults, seed, seconds, stormClients, Path.of(value), output);
      default ->
          throw new IllegalArgumentException(
              "chaos: "
                  + name
                  + " (expected: --runs, --fault, --seed, --seconds, --storm-clients or --jar)");
    };
  }

  private static long number(String name, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 1 && number <= Integer.MAX_VALUE * 2L) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw new IllegalArgumentException(
        "chaos " + name + ": \"" + value + "\" (expected: a number from 1 on)");
  }

  private static List<Fault> faults(String value) {
    List<Fault> chosen = new ArrayList<>();
    for (String word : value.split(",", -1)) {
      chosen.add(
          Fault.of(word)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "chaos --fault: \""
                              + word
                              + "\" (expected: some of "
                              + String.join(
                                  ", ", Arrays.stream(Fault.values()).map(Fault::word).toList())
                              + ")")));
    }
    return chosen;
  }
}
