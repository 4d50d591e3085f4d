package io.carillon.postgres.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The statements, each in a file of its own that says what its parameters are. Immutable. */
enum Sql {
  KNOWN,
  ENQUEUE,
  INSERT,
  CROWD,
  BACKLOG,
  DROPPED,
  CLAIM,
  WAITING,
  DELIVERED,
  SUCCEEDED,
  RECOVERED,
  WAKE,
  RELEASE,
  PROLONG,
  TRIED,
  FAILED,
  CLOSED,
  GIVEN_UP,
  ATTEMPT,
  FORGET_EVENTS,
  FORGET_ATTEMPTS,
  FORGET_QUEUES,
  EVENTS,
  ATTEMPTS,
  REPLAY,
  BOOK,
  NEW_BOOK,
  READ_TO,
  PRESENCES,
  ENDED,
  PRESENT,
  PUT_PRESENCE,
  REMOVE_PRESENCE,
  DUE_BOOKS,
  UNFOLLOW,
  LIST,
  ALL,
  CREATE,
  CHANGE,
  ROTATE,
  DELETE,
  VERSION;

  private final String text;

  Sql() {
    String file = name().toLowerCase(Locale.ROOT).replace('_', '-');
    String path = "/carillon/postgres/webhook/" + file + ".sql";
    try (InputStream in = Sql.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " (expected: a resource of this module)");
      }
      this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a row apart. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    return connection.prepareStatement(text);
  }

  /** Runs it with its parameters; answers how many rows it changed. */
  int update(Connection connection, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  <T> List<T> query(Connection connection, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      set(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(row.read(rows));
        }
        return read;
      }
    }
  }

  static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Absent _ -> statement.setString(i + 1, null);
        case Array array ->
            statement.setArray(
                i + 1, statement.getConnection().createArrayOf(array.type(), array.elements()));
        case Object value -> statement.setObject(i + 1, value);
      }
    }
  }

  /** A text that is not there. */
  enum Absent {
    TEXT
  }

  /** An array of Postgres. */
  @SuppressWarnings("ArrayRecordComponent") // handed to the driver at once
  record Array(String type, Object[] elements) {
    static Array uuids(Collection<UUID> values) {
      return new Array("uuid", values.toArray());
    }

    static Array texts(Collection<String> values) {
      return new Array("text", values.toArray());
    }

    static Array numbers(Collection<Long> values) {
      return new Array("bigint", values.toArray());
    }
  }
}
