package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import io.carillon.core.config.PostgresUrl;
import io.carillon.core.model.Secret;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import io.carillon.postgres.embedded.EmbeddedPostgresException;
import io.carillon.standalone.files.ConfigFile;
import io.carillon.standalone.files.DataFolder;
import io.carillon.standalone.files.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The database of the server that the settings of this environment describe, whether that server
 * runs or not; an embedded one that does not run is started as long as this is open. Confined to
 * its command.
 */
final class OwnDatabase implements AutoCloseable {
  private final CarillonConfig config;
  private final @Nullable EmbeddedPostgres started;
  private final Connection connection;

  private OwnDatabase(CarillonConfig config, @Nullable EmbeddedPostgres started, Connection open) {
    this.config = config;
    this.started = started;
    this.connection = open;
  }

  /**
   * Opens it.
   *
   * @throws StartException when settings are wrong or the database does not answer
   */
  static OwnDatabase open(Command.Surroundings surroundings, Consumer<String> progress) {
    CarillonConfig config =
        switch (ConfigFile.load(surroundings.environment())) {
          case ConfigLoader.Loaded loaded -> loaded.config();
          case ConfigLoader.Refused refused ->
              throw new StartException(String.join(System.lineSeparator(), refused.problems()));
        };
    PostgresUrl external = config.storage().postgres();
    if (external != null) {
      byte[] password = external.password() == null ? new byte[0] : external.password().reveal();
      return new OwnDatabase(
          config, null, connect(external.jdbcUrl(), external.user(), new String(password, UTF_8)));
    }
    return embedded(config, progress);
  }

  private static OwnDatabase embedded(CarillonConfig config, Consumer<String> progress) {
    Path data = config.storage().data();
    if (!Files.isDirectory(data.resolve("postgres"))) {
      throw new StartException(
          data
              + " (expected: the data folder of a Carillon that was started, or"
              + " CARILLON_POSTGRES_URL)");
    }
    try {
      Optional<EmbeddedPostgres.Access> running = EmbeddedPostgres.running(data);
      if (running.isPresent()) {
        EmbeddedPostgres.Access access = running.get();
        return new OwnDatabase(
            config, null, connect(access.jdbcUrl(), access.user(), access.password()));
      }
      EmbeddedPostgres started = EmbeddedPostgres.start(data, progress);
      try {
        return new OwnDatabase(
            config, started, connect(started.jdbcUrl(), started.user(), started.password()));
      } catch (StartException e) {
        started.close();
        throw e;
      }
    } catch (EmbeddedPostgresException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Connection connect(String url, String user, String password) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "5");
    login.setProperty("tcpKeepAlive", "true");
    login.setProperty("ApplicationName", "carillon backup");
    try {
      return DriverManager.getConnection(url, login);
    } catch (SQLException e) {
      throw new StartException(
          url + " refuses: " + e.getMessage() + " (expected: a Postgres that can be reached)", e);
    }
  }

  Connection connection() {
    return connection;
  }

  /** The master key of this installation, as the settings take it. */
  String masterKey() {
    Secret set = config.storage().masterKey();
    return set == null
        ? new DataFolder(config.storage().data()).masterKey()
        : new String(set.reveal(), UTF_8);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // everything was committed, or is rolled back by the server
    } finally {
      if (started != null) {
        started.close();
      }
    }
  }
}
