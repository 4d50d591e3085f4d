package io.carillon.postgres.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One database cluster on disk and the server on it. Not thread-safe: whoever holds the folder's
 * lock uses it from one thread at a time.
 *
 * <p>In its folder: {@code cluster/data} (Postgres' own), {@code cluster/password} and {@code
 * postgres.log}. Data and password come into being together, by one rename.
 */
final class Cluster {
  static final String USER = "carillon";

  private static final String SETTINGS = "carillon.conf";
  private static final int STOP_SECONDS = 30;

  /** Long, as it includes the recovery after a crash. */
  private static final int START_SECONDS = 120;

  private static final int INIT_SECONDS = 120;
  private static final int PORT_TRIES = 3;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path folder;
  private final Path cluster;
  private final Path data;
  private final Path log;
  private final Binaries binaries;
  private final Account account;

  Cluster(Path folder, Binaries binaries, Account account) {
    this.folder = folder;
    this.cluster = folder.resolve("cluster");
    this.data = cluster.resolve("data");
    this.log = folder.resolve("postgres.log");
    this.binaries = binaries;
    this.account = account;
  }

  boolean exists() {
    return Files.exists(cluster);
  }

  String password() throws IOException {
    return Files.readString(cluster.resolve("password")).strip();
  }

  /** Makes the cluster; when that is cut short, the next try begins anew. */
  void create() throws IOException {
    Path partial = folder.resolve("cluster.partial");
    Binaries.delete(partial);
    Files.createDirectories(partial.resolve("data"));
    Path password = writePassword(partial.resolve("password"));
    account.own(partial);
    Account.Result result =
        account.run(
            INIT_SECONDS,
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + partial.resolve("data"),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions"));
    if (result.failed()) {
      throw new EmbeddedPostgresException(
          "Postgres could not make its files in " + partial + ": " + result.output().strip());
    }
    Files.writeString(
        partial.resolve("data/postgresql.conf"),
        "\ninclude = '" + SETTINGS + "'\n",
        StandardOpenOption.APPEND);
    Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path writePassword(Path file) throws IOException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, HexFormat.of().formatHex(random) + "\n", US_ASCII);
  }

  /** Stops what a crashed process left running, and clears what a crashed machine left behind. */
  void clear() throws IOException {
    Postmaster postmaster = Postmaster.in(data);
    if (postmaster != null && postmaster.runsOn(data)) {
      stop();
    } else {
      Files.deleteIfExists(Postmaster.file(data));
    }
  }

  /**
   * Starts the server.
   *
   * @param wantedPort 0 for any free one
   * @return the port
   */
  int start(int wantedPort) throws IOException {
    checkVersion();
    account.own(cluster);
    writeSettings();
    for (int attempt = 1; ; attempt++) {
      int port = wantedPort == 0 ? freePort() : wantedPort;
      prepareLog();
      if (startOn(port)) {
        return port;
      }
      String said = Files.readString(log).strip();
      // A free port may be taken by someone else before the server has it.
      if (wantedPort != 0 || attempt == PORT_TRIES || !said.contains("Address already in use")) {
        throw new EmbeddedPostgresException(
            "Postgres did not start on port " + port + ", its log " + log + " says: " + said);
      }
    }
  }

  private void checkVersion() throws IOException {
    String made = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!account.version().contains(" " + made + ".")) {
      throw new EmbeddedPostgresException(
          cluster
              + " was made by Postgres "
              + made
              + " (expected: the version of "
              + account.version()
              + "): dump it with the Carillon that made it, or name another folder with"
              + " CARILLON_DATA");
    }
  }

  private void writeSettings() throws IOException {
    Path settings = data.resolve(SETTINGS);
    try (InputStream in = Cluster.class.getResourceAsStream("/carillon/postgres/embedded.conf")) {
      if (in == null) {
        throw new IllegalStateException("embedded.conf is not on the class path");
      }
      Files.write(settings, in.readAllBytes());
    }
    account.own(settings);
  }

  /** The log of this start; the one before is kept. */
  private void prepareLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > 0) {
      Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    account.own(log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Whether the server is ready on this port. pg_ctl gives it a session of its own, so that Ctrl-C
   * in a terminal reaches it only through us; its waiting goes by tenths of a second, so the status
   * is read here as well.
   */
  private boolean startOn(int port) throws IOException {
    Path said = Files.createTempFile("carillon-postgres", ".out");
    Process control =
        account.start(
            List.of(
                binaries.program("pg_ctl"),
                "start",
                "--wait",
                "--timeout=" + START_SECONDS,
                "--pgdata=" + data,
                "--log=" + log,
                "--options=-p " + port),
            said);
    try {
      while (control.isAlive()) {
        Postmaster postmaster = Postmaster.in(data);
        if (postmaster != null && postmaster.isReady()) {
          return true;
        }
        if (Thread.currentThread().isInterrupted()) {
          stop();
          throw new EmbeddedPostgresException("Interrupted while Postgres was being started");
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
      return control.exitValue() == 0;
    } finally {
      Files.delete(said);
    }
  }

  /** Ends all sessions and stops the server in good order. */
  void stop() {
    Account.Result result =
        account.run(
            STOP_SECONDS + 5,
            List.of(
                binaries.program("pg_ctl"),
                "stop",
                "--mode=fast",
                "--timeout=" + STOP_SECONDS,
                "--pgdata=" + data));
    if (result.failed() && Files.exists(Postmaster.file(data))) {
      throw new EmbeddedPostgresException(
          "Postgres on " + data + " did not stop: " + result.output().strip());
    }
  }
}
