package io.carillon.postgres.backup;

import io.carillon.postgres.SecretSeal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed in a team's rows, and how it comes from one master key under another. Immutable.
 *
 * <p>The owner that a seal is bound to stands in {@code SecretSeal} and {@code
 * PostgresWebhookAdmin}; a secret that was bound otherwise does not open, and the restore is
 * refused.
 */
record SealedColumns(@Nullable SecretSeal from, @Nullable SecretSeal to) {
  /** Each column, by {@code table.column}, and the owner of its seal. */
  static final Map<String, String> OWNERS =
      Map.of(
          "api_keys.sealed_secret", "app_id || '/' || id",
          "webhooks.sealed_secret", "'webhook/' || id",
          "webhooks.former_sealed_secret", "'webhook/' || id");

  static SealedColumns same() {
    return new SealedColumns(null, null);
  }

  static SealedColumns from(SecretSeal from, SecretSeal to) {
    return new SealedColumns(from, to);
  }

  void reseal(Connection connection, UUID team) throws SQLException {
    if (from == null || to == null) {
      return;
    }
    for (Map.Entry<String, String> column : OWNERS.entrySet()) {
      String table = column.getKey().substring(0, column.getKey().indexOf('.'));
      String name = column.getKey().substring(table.length() + 1);
      try (PreparedStatement select =
              connection.prepareStatement(
                  "select id::text, %s, %s from %s where tenant_id = ? and %s is not null"
                      .formatted(column.getValue(), name, table, name));
          PreparedStatement update =
              connection.prepareStatement(
                  "update %s set %s = ? where id::text = ?".formatted(table, name))) {
        select.setObject(1, team);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            update.setBytes(1, resealed(rows.getString(2), rows.getBytes(3), from, to));
            update.setString(2, rows.getString(1));
            update.addBatch();
          }
        }
        update.executeBatch();
      }
    }
  }

  private static byte[] resealed(String owner, byte[] sealed, SecretSeal from, SecretSeal to) {
    byte[] plain =
        from.open(owner, sealed)
            .orElseThrow(
                () ->
                    new BackupException("the secret of " + owner + " (expected: one that opens)"));
    return to.seal(owner, plain);
  }
}
