package io.carillon.postgres.webhook;

import io.carillon.core.model.AppId;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.MovementBook;
import io.carillon.postgres.webhook.Sql.Array;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The book in its tables: an application's row is locked while it is worked on, and another node
 * passes it over. Immutable, thread-safe.
 */
record PostgresMovementBook(
    TransactionOperations<Connection> transactions, Crowds crowds, Ticker ticker)
    implements MovementBook {
  private static final int DUE_MAX = 1_000;

  private record Entry(Place place, Presence presence) {}

  @Override
  public boolean work(AppId app, Work work) {
    return transactions.executeWrite(
        status -> {
          Connection connection = status.getConnection();
          Sql.NEW_BOOK.update(connection, app.value(), app.value());
          List<Long> readTo = Sql.BOOK.query(connection, row -> row.getLong(1), app.value());
          if (readTo.isEmpty()) {
            return false;
          }
          keep(connection, app, work.apply(new LockedPages(connection, app, readTo.getFirst())));
          return true;
        });
  }

  private void keep(Connection connection, AppId app, Result result) throws SQLException {
    try (PreparedStatement put = Sql.PUT_PRESENCE.prepare(connection)) {
      for (Map.Entry<Place, Presence> it : result.put().entrySet()) {
        Sql.set(
            put,
            app.value(),
            it.getKey().channel(),
            it.getKey().userId(),
            it.getValue().since(),
            it.getValue().endedAtMillis());
        put.addBatch();
      }
      put.executeBatch();
    }
    try (PreparedStatement remove = Sql.REMOVE_PRESENCE.prepare(connection)) {
      for (Place place : result.removed()) {
        Sql.set(remove, app.value(), place.channel(), place.userId());
        remove.addBatch();
      }
      remove.executeBatch();
    }
    Sql.READ_TO.update(connection, result.readTo(), app.value());
    if (!result.entries().isEmpty()) {
      Arrivals.add(connection, result.entries(), crowds, ticker.epochMillis());
    }
  }

  @Override
  public List<AppId> due(long endedBeforeMillis) {
    return transactions.executeRead(
        status ->
            Sql.DUE_BOOKS.query(
                status.getConnection(),
                row -> new AppId(row.getString(1)),
                endedBeforeMillis,
                DUE_MAX));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new Place(row.getString(1), row.getString(2)),
        new Presence(row.getLong(3), row.getLong(4)));
  }

  private static Map<Place, Presence> map(List<Entry> entries) {
    Map<Place, Presence> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.place(), entry.presence()));
    return map;
  }

  /** The pages of one application while its row is locked. The core asks outside of SQL's types. */
  private record LockedPages(Connection connection, AppId app, long readTo) implements Pages {
    @Override
    public Map<Place, Presence> of(Collection<Place> places) {
      return places.isEmpty()
          ? Map.of()
          : map(
              asked(
                  Sql.PRESENCES,
                  Array.texts(places.stream().map(Place::channel).toList()),
                  Array.texts(places.stream().map(Place::userId).toList()),
                  app.value()));
    }

    @Override
    public Map<Place, Presence> ended(long beforeMillis, int limit) {
      return map(asked(Sql.ENDED, app.value(), beforeMillis, limit));
    }

    @Override
    public List<Place> present(Place after, int limit) {
      return asked(Sql.PRESENT, app.value(), after.channel(), after.userId(), limit).stream()
          .map(Entry::place)
          .toList();
    }

    private List<Entry> asked(Sql statement, Object... parameters) {
      try {
        return statement.query(connection, PostgresMovementBook::entry, parameters);
      } catch (SQLException e) {
        throw new IllegalStateException("the book cannot be read", e);
      }
    }
  }
}
