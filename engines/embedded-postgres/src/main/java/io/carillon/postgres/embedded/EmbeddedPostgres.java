package io.carillon.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres server of our own, reachable from this machine only, with its data kept in a folder
 * from one start to the next. Thread-safe.
 *
 * <p>Whoever started it closes it, after everything that uses it. A process that ends without doing
 * so leaves the server running; the next start on the folder stops that one first, and nothing that
 * was committed is lost.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final FolderLock lock;
  private final Cluster cluster;
  private final int port;
  private final String password;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(FolderLock lock, Cluster cluster, int port, String password) {
    this.lock = lock;
    this.cluster = cluster;
    this.port = port;
    this.password = password;
  }

  /** How a running one is reached; the password opens everything that is in the database. */
  public record Access(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
      return jdbcUrl;
    }
  }

  /**
   * The server that another process has started on this folder, if it is one that takes
   * connections.
   */
  public static Optional<Access> running(Path dataFolder) {
    Path cluster = dataFolder.toAbsolutePath().normalize().resolve("postgres/cluster");
    try {
      Path data = cluster.resolve("data");
      Postmaster postmaster = Files.exists(data) ? Postmaster.in(data.toRealPath()) : null;
      if (postmaster == null || !postmaster.isReady() || !postmaster.runsOn(data.toRealPath())) {
        return Optional.empty();
      }
      String password = Files.readString(cluster.resolve("password")).strip();
      return Optional.of(new Access(url(postmaster.port()), Cluster.USER, password));
    } catch (IOException e) {
      throw new EmbeddedPostgresException(cluster + " cannot be read: " + e.getMessage());
    }
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Starts on any free port; see {@link #start(Path, int, Consumer)}. */
  public static EmbeddedPostgres start(Path dataFolder, Consumer<String> progress) {
    return start(dataFolder, 0, progress);
  }

  /**
   * Starts the server and answers when it takes connections: about two seconds on a new folder, a
   * fraction of one later.
   *
   * @param dataFolder made when it does not exist; used by one process at a time
   * @param port 0 for any free one
   * @param progress is told, in a sentence for people, of each step that takes a while
   * @throws EmbeddedPostgresException with what to do about it
   */
  public static EmbeddedPostgres start(Path dataFolder, int port, Consumer<String> progress) {
    FolderLock lock = FolderLock.take(dataFolder);
    try {
      return start(lock, port, progress);
    } catch (IOException e) {
      lock.close();
      throw FolderLock.notWritable(dataFolder, e);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres start(FolderLock lock, int port, Consumer<String> progress)
      throws IOException {
    Path folder = Files.createDirectories(lock.folder().resolve("postgres"));
    Binaries binaries = Binaries.unpacked(folder, progress);
    Account account = Account.able(binaries);
    Cluster cluster = new Cluster(folder, binaries, account);
    if (!cluster.exists()) {
      progress.accept("Creating the database in " + folder);
      cluster.create();
    }
    cluster.clear();
    int actualPort = startOrStop(cluster, port);
    LOG.debug("{} on port {}, data in {}", account.version(), actualPort, folder);
    return new EmbeddedPostgres(lock, cluster, actualPort, cluster.password());
  }

  /**
   * Until the caller has something to close, a process that is told to end stops the server here.
   */
  private static int startOrStop(Cluster cluster, int port) throws IOException {
    Thread stop = Thread.ofPlatform().name("postgres-stop").unstarted(cluster::stop);
    Runtime.getRuntime().addShutdownHook(stop);
    int actualPort;
    try {
      actualPort = cluster.start(port);
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    return actualPort;
  }

  public String jdbcUrl() {
    return url(port);
  }

  public int port() {
    return port;
  }

  public String user() {
    return Cluster.USER;
  }

  /** A secret: it opens everything that is in the database. */
  public String password() {
    return password;
  }

  /** Ends all sessions, stops the server in good order and gives the folder back. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (lock) {
        cluster.stop();
      }
    }
  }

  @Override
  public String toString() {
    return "EmbeddedPostgres(" + jdbcUrl() + ")";
  }
}
