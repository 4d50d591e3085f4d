package io.carillon.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.spi.ToolProvider;

/** A tool of the JDK that the tests run on, in this process. Immutable. */
record JdkTool(String name) {

  /** What it printed, line by line, with its exit code. */
  record Said(int code, List<String> lines) {}

  Said run(List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int code =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new AssertionError(name + ": absent (expected: a JDK)"))
            .run(writer, writer, arguments.toArray(String[]::new));
    writer.flush();
    return new Said(code, said.toString().lines().toList());
  }

  /** Where a class was loaded from: a jar or a folder. */
  static Path originOf(Class<?> type) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
  }
}
