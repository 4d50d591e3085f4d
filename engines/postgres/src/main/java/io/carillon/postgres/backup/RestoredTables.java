package io.carillon.postgres.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The tables of a database while a team comes back: most rows go where they were, some have to fit
 * what is here. Confined to its caller; works in the connection's transaction.
 */
final class RestoredTables {
  /** Tables whose rows are looked at before they are written. */
  private static final Set<String> FITTED =
      Set.of("tenants", "team_members", "access_tokens", "audit_log", "archive");

  private final Connection connection;
  private final UUID team;
  private final List<String> notes = new ArrayList<>();

  RestoredTables(Connection connection, UUID team) {
    this.connection = connection;
    this.team = team;
  }

  /** What is not as it was. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  void makeRoom(boolean replace) throws SQLException {
    if (number("select count(*) from tenants where id = ?") == 0) {
      return;
    }
    if (!replace) {
      throw new BackupException(
          "team " + team + " is here (expected: one that is not, or --replace)");
    }
    for (String table : List.of("archive", "archive_seals", "archive_ends")) {
      run("delete from " + table + " where app_id in (select id from apps where tenant_id = ?)");
    }
    for (String table : List.of("usage_minutes", "usage_hours", "usage_days", "tenants")) {
      run(
          "delete from %s where %s = ?"
              .formatted(table, table.equals("tenants") ? "id" : "tenant_id"));
    }
  }

  /** Where the rows are copied to. */
  String prepare(String table, List<String> columns) throws SQLException {
    if (!FITTED.contains(table)) {
      return table;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table restored_%1$s on commit drop as select %2$s from %1$s with no data"
              .formatted(table, TeamTables.quoted(columns)));
    }
    return "restored_" + table;
  }

  /** Brings rows that are looked at to their table. */
  void finish(String table, List<String> columns) throws SQLException {
    switch (table) {
      case "tenants" -> tenant(columns);
      case "team_members" -> members();
      case "access_tokens" ->
          insert(table, columns, "where account_id in (select id from accounts)");
      case "audit_log" ->
          insert(
              table,
              columns,
              "r where not exists (select from audit_log a where a.tenant_id = r.tenant_id and"
                  + " a.written_at = r.written_at and a.account_id = r.account_id and a.action ="
                  + " r.action and a.target = r.target)");
      case "archive" -> archive(columns);
      default -> {}
    }
  }

  private void tenant(List<String> columns) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select plan from restored_tenants where plan not in (select name from"
                    + " limit_plans)")) {
      if (row.next()) {
        notes.add("The plan " + row.getString(1) + " is not here; the team has the plan default.");
        run("update restored_tenants set plan = 'default' where id = ?");
      }
    }
    insert("tenants", columns, "");
  }

  /** Accounts are people's and not in the backup; they are found by id, or by address. */
  private void members() throws SQLException {
    run(
        """
        insert into memberships (id, tenant_id, account_id, role, since)
        select distinct on (a.id) r.id, r.tenant_id, a.id, r.role, r.since
        from restored_team_members r
        join accounts a on a.id = r.account_id or a.email = r.email
        where r.tenant_id = ?
        order by a.id, (a.id = r.account_id) desc""");
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select email, role from restored_team_members r where not exists (select from"
                    + " accounts a where a.id = r.account_id or a.email = r.email)")) {
      while (rows.next()) {
        notes.add(
            rows.getString(1)
                + " has no account here and is no member ("
                + rows.getString(2)
                + "): sign up with that address and restore again, or be invited.");
      }
    }
  }

  private void archive(List<String> columns) throws SQLException {
    Set<String> days = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select distinct day::text from restored_archive")) {
      while (rows.next()) {
        days.add(rows.getString(1));
      }
    }
    for (String day : days) {
      try (PreparedStatement create =
          connection.prepareStatement("select create_archive_day(?::date)")) {
        create.setString(1, day);
        create.execute();
      }
    }
    insert("archive", columns, "");
  }

  /** New epochs have to be above those that came back. */
  void raiseEpochs() throws SQLException {
    run(
        """
        update archive_epochs set last = greatest(last, (
          select coalesce(max(epoch), 0) from archive
          where app_id in (select id from apps where tenant_id = ?)))""");
  }

  private void insert(String table, List<String> columns, String rest) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into %1$s (%2$s) select %2$s from restored_%1$s %3$s"
              .formatted(table, TeamTables.quoted(columns), rest));
    }
  }

  private void run(String text) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setObject(1, team);
      statement.executeUpdate();
    }
  }

  private long number(String text) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setObject(1, team);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
