package io.carillon.postgres.usage;

import io.carillon.core.engine.UsageStore;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The tables of usage; the work is done by the functions beside them. Immutable, thread-safe. */
final class PostgresUsage implements UsageStore {
  /** So many rows are one statement. */
  private static final int ROWS_AT_ONCE = 1_000;

  private final TransactionOperations<Connection> transactions;

  PostgresUsage(TransactionOperations<Connection> transactions) {
    this.transactions = transactions;
  }

  /** What is done with a statement. */
  private interface Work<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private <T> T inTransaction(String sql, Work<T> work) {
    return transactions.executeWrite(
        status -> {
          try (PreparedStatement statement = status.getConnection().prepareStatement(sql)) {
            return work.with(statement);
          }
        });
  }

  @Override
  public void write(List<Row> rows) {
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      List<Row> some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
      inTransaction(
          "select write_usage(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          statement -> {
            Arrays arrays = new Arrays(statement, some);
            arrays.text(1, row -> row.account().app().value());
            arrays.text(2, row -> row.account().key().value());
            arrays.number(3, Row::minute);
            arrays.text(4, Row::source);
            arrays.number(5, row -> row.usage().messages());
            arrays.number(6, row -> row.usage().bytesIn());
            arrays.number(7, row -> row.usage().deliveries());
            arrays.number(8, row -> row.usage().bytesOut());
            arrays.number(9, row -> row.usage().connectionMillis());
            arrays.integer(10, row -> row.usage().peakConnections());
            return statement.execute();
          });
    }
  }

  /** Columns of rows as arrays. Confined to one call. */
  private record Arrays(PreparedStatement statement, List<Row> rows) {
    void text(int index, Function<Row, String> of) throws SQLException {
      set(index, "text", rows.stream().map(of).toArray());
    }

    void number(int index, ToLongFunction<Row> of) throws SQLException {
      set(index, "bigint", rows.stream().mapToLong(of).boxed().toArray());
    }

    void integer(int index, Function<Row, Integer> of) throws SQLException {
      set(index, "integer", rows.stream().map(of).toArray());
    }

    private void set(int index, String type, Object[] values) throws SQLException {
      Array array = statement.getConnection().createArrayOf(type, values);
      statement.setArray(index, array);
    }
  }

  @Override
  public List<Row> writtenBy(String source) {
    return inTransaction(
        "select app_id, key_id, extract(epoch from begins_at)::bigint / 60, messages, bytes_in,"
            + " deliveries, bytes_out, connection_millis, peak_connections from usage_minutes"
            + " where source = ? order by app_id, begins_at, key_id",
        statement -> {
          statement.setString(1, source);
          List<Row> rows = new ArrayList<>();
          try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
              UsageKey account =
                  new UsageKey(new AppId(found.getString(1)), new KeyId(found.getString(2)));
              rows.add(new Row(account, found.getLong(3), source, usage(found, 4)));
            }
          }
          return rows;
        });
  }

  private static Usage usage(ResultSet row, int first) throws SQLException {
    return new Usage(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getLong(first + 4),
        row.getInt(first + 5));
  }

  @Override
  public boolean rollUp(Retained retained) {
    return inTransaction(
        "select roll_up_usage(?, ?)",
        statement -> {
          statement.setInt(1, retained.minutesDays());
          statement.setInt(2, retained.hoursDays());
          try (ResultSet done = statement.executeQuery()) {
            return done.next() && done.getBoolean(1);
          }
        });
  }

  @Override
  public List<Line> read(Query query, int limit) {
    return inTransaction(
        "select * from read_usage(?, ?, ?, ?, ?, ?, ?) limit ?",
        statement -> {
          AppId app = query.app();
          statement.setString(1, tableOf(query.step()));
          statement.setObject(2, query.tenant().value());
          statement.setString(3, app == null ? null : app.value());
          statement.setObject(4, time(query.from()));
          statement.setObject(5, time(query.to()));
          statement.setString(6, query.step().name().toLowerCase(Locale.ROOT));
          statement.setString(7, query.split().name().toLowerCase(Locale.ROOT));
          statement.setInt(8, limit);
          return lines(statement);
        });
  }

  private static List<Line> lines(PreparedStatement statement) throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        Instant at = found.getObject(1, OffsetDateTime.class).toInstant();
        lines.add(new Line(at, found.getString(2), usage(found, 3)));
      }
    }
    return lines;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String tableOf(Step step) {
    return switch (step) {
      case MINUTE -> "minutes";
      case HOUR -> "hours";
      case DAY, MONTH -> "days";
    };
  }
}
