package io.carillon.benchmark.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How systems are started on this machine. Immutable.
 *
 * @param root the repository
 * @param core the core that everything of a system runs on, or -1 for any
 * @param values placeholders of profiles: {@code java}, {@code flags}, {@code jar}
 */
public record Launch(Path root, int core, Map<String, String> values) {
  public Launch {
    values = Map.copyOf(values);
  }

  /** The command, kept to the core. */
  List<String> pinned(List<String> command) {
    if (core < 0) {
      return command;
    }
    return java.util.stream.Stream.concat(
            List.of("taskset", "-c", String.valueOf(core)).stream(), command.stream())
        .toList();
  }
}
