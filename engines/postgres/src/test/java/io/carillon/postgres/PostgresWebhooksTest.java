package io.carillon.postgres;

import io.carillon.contract.WebhookStoresContract;
import io.carillon.core.webhook.MovementBook;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.WebhookOutbox;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the tables. */
class PostgresWebhooksTest extends WebhookStoresContract {
  private static TestPostgres database;
  private static EngineUnderTest engine;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    engine = EngineUnderTest.on(database);
  }

  @AfterAll
  static void stop() throws SQLException {
    engine.close();
    database.close();
  }

  @Override
  protected Stores stores() {
    return new Stores(
        engine.admin,
        engine.bean(WebhookAdmin.class),
        engine.bean(WebhookOutbox.class),
        engine.bean(WebhookLedger.class),
        engine.bean(MovementBook.class));
  }
}
