package io.carillon.postgres;

import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Operation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities as a column has them: a line for each pattern, as {@code subscribe,publish chat:*};
 * neither part can have a space or a line's end in it. Stateless.
 */
public final class WrittenCapabilities {
  private static final String LINE_END = "\n";

  private WrittenCapabilities() {}

  static @Nullable String write(@Nullable Capabilities capabilities) {
    return capabilities == null
        ? null
        : capabilities.written().entrySet().stream()
            .map(rule -> String.join(",", rule.getValue()) + " " + rule.getKey())
            .collect(Collectors.joining(LINE_END));
  }

  /**
   * What was written; null for null.
   *
   * @throws IllegalArgumentException when it has no meaning, so that no key gets more than it had
   */
  public static @Nullable Capabilities read(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Map<ChannelPattern, Set<Operation>> rules = new LinkedHashMap<>();
    for (String line : text.split(LINE_END, -1)) {
      int space = line.indexOf(' ');
      rules.put(
          new ChannelPattern(line.substring(space + 1)),
          operations(space < 0 ? "" : line.substring(0, space)));
    }
    return Capabilities.of(rules);
  }

  private static Set<Operation> operations(String words) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    for (String word : words.isEmpty() ? new String[0] : words.split(",", -1)) {
      Operation operation = Operation.ofWord(word);
      if (operation == null) {
        throw new IllegalArgumentException("operation: " + word + " (expected: a known one)");
      }
      operations.add(operation);
    }
    return operations;
  }
}
