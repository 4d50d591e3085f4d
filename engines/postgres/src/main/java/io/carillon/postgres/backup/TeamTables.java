package io.carillon.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The tables that hold a team's data, as {@code tables.conf} lists them. Immutable.
 *
 * @param conditions by table, in the order in which rows can be written back
 * @param leftOut by table, why
 */
record TeamTables(Map<String, String> conditions, Map<String, String> leftOut) {
  static final TeamTables ALL = read("/carillon/postgres/backup/tables.conf");

  private static TeamTables read(String resource) {
    Map<String, String> conditions = new LinkedHashMap<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    try (InputStream in = TeamTables.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " (expected: a resource of this module)");
      }
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        int colon = line.indexOf(": ");
        if (line.startsWith("- ")) {
          leftOut.put(line.substring(2, colon), line.substring(colon + 2));
        } else if (!line.startsWith("#") && colon > 0) {
          conditions.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TeamTables(conditions, leftOut);
  }

  /** Rows of the team, as {@code COPY} takes a query; it takes no parameters. */
  String query(String table, List<String> columns, UUID team) {
    String condition = conditions.getOrDefault(table, "false");
    return "select %s from %s where %s"
        .formatted(quoted(columns), table, condition.replace("$team", "'" + team + "'::uuid"));
  }

  /** Columns that are stored and not counted up by the database, in their order. */
  static List<String> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select attname from pg_attribute where attrelid = to_regclass(?) and attnum > 0"
                + " and not attisdropped and attidentity = '' and attgenerated = ''"
                + " order by attnum")) {
      select.setString(1, table);
      try (ResultSet rows = select.executeQuery()) {
        List<String> columns = new ArrayList<>();
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
        return columns;
      }
    }
  }

  static String quoted(List<String> columns) {
    return "\"" + String.join("\", \"", columns) + "\"";
  }
}
