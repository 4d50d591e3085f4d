package io.carillon.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An embedded Postgres whose owner is another process, which can be killed. */
final class StartedElsewhere implements AutoCloseable {
  /** A setting that the other process has. */
  static final String SETTING = "CARILLON_MASTER_KEY";

  private final Process process;

  private StartedElsewhere(Process process) {
    this.process = process;
  }

  static StartedElsewhere on(Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartedElsewhere.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(SETTING, "a7".repeat(32));
    Process process = builder.start();
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals("started")) {
        return new StartedElsewhere(process);
      }
    }
    throw new IOException("The other process did not start Postgres");
  }

  /** The other process: starts and waits to be killed. */
  public static void main(String[] args) throws InterruptedException {
    EmbeddedPostgres.start(Path.of(args[0]), step -> {});
    System.out.println("started");
    Thread.currentThread().join();
  }

  long pid() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " survived its kill");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
