package io.carillon.standalone.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The words and options behind a command, checked against what it takes. Immutable. */
final class Arguments {
  private final List<String> words;
  private final Map<String, String> values;
  private final Set<String> flags;

  private Arguments(List<String> words, Map<String, String> values, Set<String> flags) {
    this.words = List.copyOf(words);
    this.values = Map.copyOf(values);
    this.flags = Set.copyOf(flags);
  }

  /**
   * What a command takes.
   *
   * @param valued options with a value behind them
   * @param flags options without
   */
  record Options(Set<String> valued, Set<String> flags) {
    static final Options OF_ALL =
        new Options(
            Set.of("--url", "--app", "--key", "--secret", "--token", "--client-id"),
            Set.of("--json"));

    private boolean isValued(String name) {
      return valued.contains(name) || OF_ALL.valued.contains(name);
    }

    private boolean isFlag(String name) {
      return flags.contains(name) || OF_ALL.flags.contains(name);
    }

    Set<String> all() {
      Set<String> all = new TreeSet<>(valued);
      all.addAll(flags);
      all.addAll(OF_ALL.valued);
      all.addAll(OF_ALL.flags);
      return all;
    }
  }

  /**
   * Reads what stands behind the command. A lone {@code --} ends the options.
   *
   * @throws CommandException when an option is unknown, comes twice or lacks its value
   */
  static Arguments parse(List<String> arguments, Options options) {
    List<String> words = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        words.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!argument.startsWith("--") && !options.isValued(argument)) {
        words.add(argument);
      } else if (options.isFlag(argument)) {
        flags.add(argument);
      } else if (!options.isValued(name)) {
        throw CommandException.wrong(
            name + ": no such option (expected: " + String.join(", ", options.all()) + ")");
      } else if (equals < 0 && i + 1 == arguments.size()) {
        throw CommandException.wrong(name + ": nothing (expected: a value behind it)");
      } else {
        String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
        if (values.put(name, value) != null) {
          throw CommandException.wrong(name + ": twice (expected: once)");
        }
      }
    }
    return new Arguments(words, values, flags);
  }

  /** Exactly these words, which are described for whoever gives others. */
  List<String> words(String... described) {
    if (words.size() != described.length) {
      throw CommandException.wrong(
          "%s (expected: %s)"
              .formatted(
                  words.isEmpty() ? "nothing" : Text.printable(String.join(" ", words)),
                  described.length == 0
                      ? "options alone"
                      : "<" + String.join("> <", described) + ">"));
    }
    return words;
  }

  /** Between 1 and so many words. */
  List<String> words(String described, int atMost) {
    if (words.isEmpty() || words.size() > atMost) {
      throw CommandException.wrong(
          "%d of them (expected: 1 to %d times <%s>)".formatted(words.size(), atMost, described));
    }
    return words;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number of a range. */
  int number(String name, int otherwise, int from, int to) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= from && number <= to) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below in the same words.
    }
    throw CommandException.wrong(
        "%s: %s (expected: %d to %d)".formatted(name, Text.printable(text), from, to));
  }
}
