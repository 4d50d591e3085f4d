package io.carillon.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about itself in {@code postmaster.pid}. Immutable.
 *
 * <p>The file's lines: process id, data folder, start time, port, socket folder, listen address,
 * shared memory, status.
 */
record Postmaster(long pid, String folder, int port, String status) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** Reads the file, or answers null when there is none or it is not written to its end. */
  static @Nullable Postmaster in(Path cluster) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file(cluster));
      return lines.size() < 2
          ? null
          : new Postmaster(
              Long.parseLong(lines.get(0).strip()),
              lines.get(1),
              lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0,
              lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "");
    } catch (NoSuchFileException | NumberFormatException e) {
      return null;
    }
  }

  static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  boolean isReady() {
    return status.equals("ready");
  }

  /**
   * Whether that process lives and is a Postgres on this folder: after a restart of the machine the
   * number may belong to anyone.
   */
  boolean runsOn(Path data) {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (!folder.equals(data.toString())
        || process == null
        || !process.isAlive()
        || isDefunct(process)) {
      return false;
    }
    // The command of another user's process may be hidden, its command line hardly ever is.
    String program =
        process
            .info()
            .command()
            .or(process.info()::commandLine)
            .orElseThrow(
                () ->
                    new EmbeddedPostgresException(
                        "Process "
                            + pid
                            + " may be a Postgres that still runs on "
                            + data
                            + ": stop it, or delete "
                            + file(data)
                            + " if it is something else"));
    return program.contains("postgres");
  }

  /**
   * Whether it has ended, and only its parent has not asked how; process 1 of a container may not.
   */
  private static boolean isDefunct(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }
}
