package io.carillon.postgres;

import io.carillon.contract.ArchivedIdsContract;
import io.carillon.core.engine.Archive;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The archive in Postgres keeps the contract about ids and ended epochs. */
class PostgresArchivedIdsTest extends ArchivedIdsContract {
  private static TestPostgres database;
  private static EngineUnderTest engine;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    engine = EngineUnderTest.on(database);
    for (String app : APPS) {
      engine.admin.bootstrap(
          new AppId(app), new ApiKey(new KeyId("key-" + app), Secret.of("secret"), "test"));
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("update apps set created_at = '1970-01-01'");
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    engine.close();
    database.close();
  }

  @Override
  protected Archive archive() {
    return engine.archive;
  }
}
