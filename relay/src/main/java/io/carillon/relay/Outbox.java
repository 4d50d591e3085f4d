package io.carillon.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The outbox over one connection, which is closed with it. Confined to the relay's thread. */
final class Outbox implements AutoCloseable {
  private final Connection connection;

  private Outbox(Connection connection) {
    this.connection = connection;
  }

  /** Makes the table when there is none, and listens. */
  static Outbox open(DataSource database) throws SQLException {
    Outbox outbox = new Outbox(database.getConnection());
    try {
      outbox.begin();
      return outbox;
    } catch (SQLException | RuntimeException e) {
      outbox.close();
      throw e;
    }
  }

  private void begin() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        statement.execute(Sql.OUTBOX);
      }
      statement.execute(Sql.LISTEN);
    }
    connection.setAutoCommit(false);
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(Sql.EXISTS)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Locks the oldest message of each channel behind one, in the order of their names. */
  List<Row> take(String behindChannel, int most) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(Sql.TAKE)) {
      take.setString(1, behindChannel);
      take.setInt(2, most);
      List<Row> rows = new ArrayList<>();
      try (ResultSet found = take.executeQuery()) {
        while (found.next()) {
          rows.add(
              new Row(
                  found.getLong(1),
                  found.getObject(2, UUID.class),
                  found.getString(3),
                  found.getString(4),
                  found.getString(5)));
        }
      }
      return rows;
    }
  }

  void done(List<Row> rows) throws SQLException {
    try (PreparedStatement done = connection.prepareStatement(Sql.DONE)) {
      Object[] numbers = rows.stream().map(Row::number).toArray();
      done.setArray(1, connection.createArrayOf("bigint", numbers));
      done.executeUpdate();
    }
  }

  /** It is not tried any more. */
  void failed(Row row, String problem) throws SQLException {
    try (PreparedStatement failed = connection.prepareStatement(Sql.FAILED)) {
      failed.setString(1, problem);
      failed.setLong(2, row.number());
      failed.executeUpdate();
    }
  }

  /** Everything that was locked is free again, and what was done is so for good. */
  void commit() throws SQLException {
    connection.commit();
  }

  /** Until something was written, or the time is over. */
  void awaitMore(Duration most) throws SQLException {
    connection.unwrap(PGConnection.class).getNotifications((int) most.toMillis());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
