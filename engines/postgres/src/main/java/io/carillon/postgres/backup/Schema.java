package io.carillon.postgres.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a database says of its own state. Stateless. */
final class Schema {
  private static final String NONE = "this database (expected: one that Carillon was started on)";

  private Schema() {}

  /** The newest migration that was made. */
  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      requireOurs(statement);
      try (ResultSet row =
          statement.executeQuery(
              "select max(version::integer) from flyway_schema_history"
                  + " where success and version is not null")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static void requireOurs(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select to_regclass('flyway_schema_history')")) {
      if (!row.next() || row.getString(1) == null) {
        throw new BackupException(NONE);
      }
    }
  }

  /** A known text, sealed with the master key of the installation. */
  static byte[] sealedCheck(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select sealed from master_key_check")) {
      if (!row.next()) {
        throw new BackupException(NONE);
      }
      return row.getBytes(1);
    }
  }
}
