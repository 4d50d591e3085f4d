package io.carillon.postgres.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.webhook.WebhookOutbox.Entry;
import io.carillon.postgres.webhook.Sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Brings entries into the outbox, within a transaction of the caller. Stateless. */
final class Arrivals {
  private Arrivals() {}

  private record Key(UUID endpoint, String name) {}

  private record Place(UUID endpoint, String channel) implements Comparable<Place> {
    static Place of(Entry entry) {
      return new Place(entry.endpoint().value(), entry.event().channel().name().value());
    }

    @Override
    public int compareTo(Place other) {
      int byEndpoint = endpoint.compareTo(other.endpoint);
      return byEndpoint != 0 ? byEndpoint : channel.compareTo(other.channel);
    }
  }

  /** Answers for how many endpoints and channels there was something new. */
  static int add(Connection connection, List<Entry> entries, Crowds crowds, long now)
      throws SQLException {
    Set<Key> known =
        new HashSet<>(
            Sql.KNOWN.query(
                connection,
                row -> new Key(row.getObject(1, UUID.class), row.getString(2)),
                Array.uuids(entries.stream().map(entry -> entry.endpoint().value()).toList()),
                Array.texts(entries.stream().map(entry -> entry.event().id()).toList())));
    Map<Place, List<Entry>> fresh = new TreeMap<>();
    for (Entry entry : entries) {
      if (known.add(new Key(entry.endpoint().value(), entry.event().id()))) {
        fresh.computeIfAbsent(Place.of(entry), place -> new ArrayList<>()).add(entry);
      }
    }
    if (fresh.isEmpty()) {
      return 0;
    }
    Map<Place, Long> last = enqueued(connection, fresh, now);
    try (PreparedStatement insert = Sql.INSERT.prepare(connection)) {
      for (Map.Entry<Place, Long> queue : last.entrySet()) {
        List<Entry> those = fresh.getOrDefault(queue.getKey(), List.of());
        if (crowds.isFull(connection, queue.getKey().endpoint())) {
          Sql.DROPPED.update(connection, those.size(), queue.getKey().endpoint());
          continue;
        }
        long sequence = queue.getValue() - those.size();
        for (Entry entry : those) {
          row(insert, entry, ++sequence, now);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
    return last.size();
  }

  private static Map<Place, Long> enqueued(
      Connection connection, Map<Place, List<Entry>> fresh, long now) throws SQLException {
    Map<Place, Long> last = new TreeMap<>();
    record Reserved(Place place, long sequence) {}
    Sql.ENQUEUE
        .query(
            connection,
            row ->
                new Reserved(
                    new Place(row.getObject(1, UUID.class), row.getString(2)), row.getLong(3)),
            Array.uuids(fresh.keySet().stream().map(Place::endpoint).toList()),
            Array.texts(fresh.keySet().stream().map(Place::channel).toList()),
            Array.numbers(fresh.values().stream().map(those -> (long) those.size()).toList()),
            now)
        .forEach(reserved -> last.put(reserved.place(), reserved.sequence()));
    return last;
  }

  private static void row(PreparedStatement insert, Entry entry, long sequence, long now)
      throws SQLException {
    var event = entry.event();
    var detail = event.detail();
    insert.setObject(1, entry.endpoint().value());
    insert.setString(2, event.channel().name().value());
    insert.setLong(3, sequence);
    insert.setString(4, event.id());
    insert.setString(5, event.type().name());
    insert.setLong(6, event.atMillis());
    insert.setString(7, Events.text(detail.userId(), 200));
    insert.setString(8, Events.text(detail.name(), 200));
    insert.setBytes(9, detail.data() == null ? null : detail.data().getBytes(UTF_8));
    insert.setString(10, detail.socketId());
    insert.setLong(11, now);
  }
}
