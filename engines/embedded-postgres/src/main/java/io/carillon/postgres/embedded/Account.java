package io.carillon.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The operating system's account under which the server's programs run: our own, or an unprivileged
 * one when we are root, as Postgres refuses to run as root. Immutable.
 *
 * @param prefix stands before each command
 * @param owner the user id that has to own the server's files; -1 for our own
 * @param version what the server calls itself, {@code postgres (PostgreSQL) 18.6}
 */
record Account(List<String> prefix, int owner, String version) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final int OURS = -1;

  /** In order of preference: without a mapping root's files stay root's and need no other owner. */
  private static final List<Account> FOR_ROOT =
      List.of(
          new Account(List.of("unshare", "-U"), ROOT, ""),
          new Account(
              List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), NOBODY, ""),
          new Account(List.of("runuser", "-u", "nobody", "--"), NOBODY, ""));

  /** How a command ended; the output is what it said on both channels. */
  record Result(int exit, String output) {
    boolean failed() {
      return exit != 0;
    }
  }

  /** The first account that can run the server. */
  static Account able(Binaries binaries) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return able(binaries, root ? FOR_ROOT : List.of(new Account(List.of(), OURS, "")));
  }

  static Account able(Binaries binaries, List<Account> candidates) {
    StringJoiner refusals = new StringJoiner("; ");
    for (Account candidate : candidates) {
      Result probe = candidate.run(5, List.of(binaries.program("postgres"), "--version"));
      if (!probe.failed()) {
        return new Account(candidate.prefix, candidate.owner, probe.output.strip());
      }
      refusals.add(String.join(" ", candidate.prefix) + ": " + probe.output.strip());
    }
    throw new EmbeddedPostgresException(
        candidates.size() > 1
            ? "Postgres refuses to run as root, and no unprivileged account can run it ("
                + refusals
                + "). Start Carillon as another user, or put its data where user nobody may enter"
                + " (CARILLON_DATA), or set CARILLON_POSTGRES_URL"
            : "The embedded Postgres does not run on this system ("
                + refusals
                + "): set CARILLON_POSTGRES_URL to a Postgres of your own");
  }

  private static int uidOf(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return OURS;
    }
  }

  /** The process of a command; its output goes to the file. */
  Process start(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(prefix.stream(), command.stream()).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.directory(Path.of("/").toFile());
    // PG...: settings of clients and servers; CARILLON_...: ours, with the master key among them
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("CARILLON_"));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  /** Runs a command to its end; one that cannot be started at all has failed, too. */
  Result run(int timeoutSeconds, List<String> command) {
    try {
      Path output = Files.createTempFile("carillon-postgres", ".out");
      try {
        return run(timeoutSeconds, command, output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
  }

  private Result run(int timeoutSeconds, List<String> command, Path output) throws IOException {
    Process process = start(command, output);
    try {
      if (process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        return new Result(process.exitValue(), Files.readString(output));
      }
      return new Result(-1, "no end within " + timeoutSeconds + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while Postgres was being started", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Gives the files to the account, unless it has them. */
  void own(Path path) throws IOException {
    if (owner == OURS || uidOf(path) == owner) {
      return;
    }
    try (Stream<Path> paths = Files.walk(path)) {
      // The folder itself comes last: when it has its owner, everything in it has.
      for (Path each : paths.toList().reversed()) {
        Files.setAttribute(each, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
