package io.carillon.chaos.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Postgres of the suite's own, which can crash. Confined to the suite's thread. */
public final class PostgresServer implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(20);

  private final Path folder;
  private EmbeddedPostgres postgres;

  private PostgresServer(Path folder) {
    this.folder = folder;
    this.postgres = EmbeddedPostgres.start(folder, progress -> {});
  }

  static PostgresServer start(Path folder) {
    return new PostgresServer(folder);
  }

  String url() {
    return "postgres://%s:%s@127.0.0.1:%d/postgres"
        .formatted(
            postgres.user(),
            URLEncoder.encode(postgres.password(), UTF_8).replace("+", "%20"),
            postgres.port());
  }

  Path log() {
    return folder.resolve("postgres/postgres.log");
  }

  /** An immediate stop: sessions are cut, and the next start recovers from the write-ahead log. */
  public void crash() {
    Path file = folder.resolve("postgres/cluster/data/postmaster.pid");
    try {
      Child.signal(Long.parseLong(Files.readAllLines(file).getFirst().strip()), "QUIT");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!Waiting.until(END_MAX, () -> !Files.exists(file))) {
      throw new IllegalStateException("Postgres did not stop within " + END_MAX);
    }
  }

  /** On the same port, with what was committed. */
  public void startAgain() {
    int port = postgres.port();
    postgres.close();
    postgres = EmbeddedPostgres.start(folder, port, progress -> {});
  }

  @Override
  public void close() {
    postgres.close();
  }
}
