package io.carillon.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that checks files, such as `nginx -t`; `./carillon test` installs those that are
 * missing. Immutable.
 *
 * @param output both streams together
 */
record Tool(int code, String output) {
  private static final int SECONDS_MAX = 60;

  static Tool run(Path folder, Map<String, String> environment, String... command) {
    return run(folder, environment, List.of(command));
  }

  static Tool run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("carillon-tool", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(command + " did not end: " + Files.readString(output));
        }
        return new Tool(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
