package io.carillon.acceptance.harness;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The database and the server that all tests of a run share. Thread-safe. */
public final class Carillon implements AutoCloseable {
  private final Installation installation;
  private final CarillonServer server;

  private Carillon(Installation installation) {
    this.installation = installation;
    this.server = startAnother(Map.of());
  }

  static Carillon start() {
    Installation installation = Installation.begin();
    try {
      return new Carillon(installation);
    } catch (RuntimeException | Error e) {
      installation.close();
      throw e;
    }
  }

  public CarillonServer server() {
    return server;
  }

  DirectoryAdmin directory() {
    return installation.directory();
  }

  UsageStore usage() {
    return installation.usage();
  }

  /** A further server on the same database; the caller closes it. */
  public ProcessServer startAnother(Map<String, String> settings) {
    return installation.start(settings);
  }

  @Override
  public void close() {
    try (installation) {
      server.close();
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
