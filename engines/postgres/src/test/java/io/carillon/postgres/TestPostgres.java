package io.carillon.postgres;

import io.carillon.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * The server that the tests of this module run against, one for the whole run: the one that {@code
 * CARILLON_TEST_POSTGRES_URL} names (with user and password in it), else one in a container, else
 * the embedded one. Each test class takes databases of its own. Immutable.
 */
public record TestPostgres(String url, String user, String password) implements AutoCloseable {

  private static final class Shared {
    static final TestPostgres SERVER = choose();
  }

  /** A new, empty database, which is dropped when it is closed. */
  public static TestPostgres database() throws SQLException {
    return create("template1");
  }

  /** A new database with what is in this one, which nobody is connected to. */
  public TestPostgres copy() throws SQLException {
    return create(name());
  }

  private static TestPostgres create(String template) throws SQLException {
    TestPostgres server = Shared.SERVER;
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + " template " + template);
    }
    String url = server.url.replaceFirst("^(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
    return new TestPostgres(url, server.user, server.password);
  }

  private static TestPostgres choose() {
    String given = System.getenv("CARILLON_TEST_POSTGRES_URL");
    if (given != null) {
      System.out.println("Tests run against CARILLON_TEST_POSTGRES_URL");
      return new TestPostgres(given, "", "");
    }
    if (isDockerThere()) {
      PostgreSQLContainer<?> container = new PostgreSQLContainer<>("postgres:18-alpine");
      container.start();
      System.out.println("Tests run against Postgres in a container");
      return new TestPostgres(
          container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }
    System.out.println("Tests run against the embedded Postgres, as no Docker engine answers");
    return embedded();
  }

  private static boolean isDockerThere() {
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static TestPostgres embedded() {
    try {
      Path folder = Files.createTempDirectory("carillon-test-postgres");
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, step -> {});
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    delete(folder);
                  }));
      return of(postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestPostgres of(EmbeddedPostgres postgres) {
    return new TestPostgres(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Connection connect() throws SQLException {
    return user.isEmpty()
        ? DriverManager.getConnection(url)
        : DriverManager.getConnection(url, user, password);
  }

  private String name() {
    return url.replaceFirst("^jdbc:postgresql://[^/]+/([^?]*).*", "$1");
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = Shared.SERVER.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database " + name() + " with (force)");
    }
  }

  @Override
  public String toString() {
    return url.replaceFirst("\\?.*", "");
  }
}
