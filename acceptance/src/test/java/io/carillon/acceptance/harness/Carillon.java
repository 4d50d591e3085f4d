package io.carillon.acceptance.harness;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The database and the server that all tests of a run share. Thread-safe. */
public final class Carillon implements AutoCloseable {
  private final Path folder;
  private final Database database;
  private final CarillonServer server;

  private Carillon(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
    this.server = startAnother(Map.of());
  }

  static Carillon start() {
    try {
      Path folder = Files.createTempDirectory("carillon-acceptance");
      Database database = Database.start(folder.resolve("database"));
      try {
        return new Carillon(folder, database);
      } catch (RuntimeException | Error e) {
        database.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CarillonServer server() {
    return server;
  }

  DirectoryAdmin directory() {
    return database.directory();
  }

  UsageStore usage() {
    return database.usage();
  }

  /** A further server on the same database; the caller closes it. */
  public ProcessServer startAnother(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("CARILLON_DATA", folder.resolve("data-" + System.nanoTime()).toString());
    environment.put("CARILLON_DEMO_APP", "false");
    environment.putAll(settings);
    return ProcessServer.start(environment);
  }

  @Override
  public void close() {
    try (database) {
      server.close();
    } finally {
      deleteFolder(folder);
    }
  }

  /** Removes a folder with all that is in it. */
  public static void deleteFolder(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
