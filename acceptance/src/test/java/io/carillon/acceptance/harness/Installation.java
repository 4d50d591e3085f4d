package io.carillon.acceptance.harness;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A database and a folder for the servers that a test starts on it. Servers with different engines
 * must not share one: each would work on what the other has in its engine. Thread-safe.
 */
public final class Installation implements AutoCloseable {
  private final Path folder;
  private final Database database;

  private Installation(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  public static Installation begin() {
    try {
      Path folder = Files.createTempDirectory("carillon-acceptance");
      return new Installation(folder, Database.start(folder.resolve("database")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DirectoryAdmin directory() {
    return database.directory();
  }

  UsageStore usage() {
    return database.usage();
  }

  /** A further server; the caller closes it. */
  public ProcessServer start(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("CARILLON_DATA", folder.resolve("data-" + System.nanoTime()).toString());
    environment.put("CARILLON_DEMO_APP", "false");
    environment.putAll(settings);
    return ProcessServer.start(environment);
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      Carillon.deleteFolder(folder);
    }
  }
}
