package io.carillon.chaos.cluster;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process that the suite started and may harm, known by its id. Thread-safe. */
final class Child implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(30);

  /** Set when the suite's process ends: what starts from then on would be left over. */
  private static volatile boolean ending;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param log what it says is added to this file
   * @param environment settings; it gets none of the suite's own that are Carillon's
   */
  static Child start(Path log, List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().putAll(environment);
    builder.directory(requireNonNull(log.toAbsolutePath().getParent(), "a folder").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return started(builder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized Child started(ProcessBuilder builder) throws IOException {
    if (ending) {
      throw new IllegalStateException("the suite is ending");
    }
    return new Child(builder.start());
  }

  static synchronized void startNoMore() {
    ending = true;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it where it stands, as a machine does that hangs. */
  void pause() {
    signal(process.pid(), "STOP");
  }

  void resume() {
    signal(process.pid(), "CONT");
  }

  /** Asks it to end, and waits until it has. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Ends it without a word. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  static void signal(long pid, String name) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + " answers " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "process " + process.pid() + " did not end within " + END_MAX);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Bytes of memory that it has at this moment; 0 where the system does not tell. */
  long residentBytes() {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
