package io.carillon.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The migrations that this server knows, and whether those of a database let it work. Stateless.
 */
final class SchemaVersion {
  /** The newest file among the migrations. */
  static final int KNOWN = 17;

  private SchemaVersion() {}

  /**
   * Lets newer schemas pass that older servers can work with, as they are after an upgrade that is
   * taken back.
   *
   * @throws NewerSchemaException when they cannot
   */
  static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select f.migration, (select max(version::integer) from flyway_schema_history"
                    + " where success and version is not null) from schema_floor f")) {
      if (row.next() && row.getInt(1) > KNOWN) {
        throw new NewerSchemaException(row.getInt(2), row.getInt(1), KNOWN);
      }
    }
  }
}
