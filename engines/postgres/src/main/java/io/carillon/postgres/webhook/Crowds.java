package io.carillon.postgres.webhook;

import io.carillon.core.webhook.WebhookOutbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which endpoints have as many events waiting as they may, as of a moment ago: counting them each
 * time would cost the most where there are most. Thread-safe.
 */
final class Crowds {
  private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

  /** More endpoints than this are not remembered between two countings. */
  private static final int REMEMBERED_MAX = 10_000;

  private final Map<UUID, Count> counts = new ConcurrentHashMap<>();

  private record Count(boolean full, long atNanos) {}

  boolean isFull(Connection connection, UUID endpoint) throws SQLException {
    Count known = counts.get(endpoint);
    long now = System.nanoTime();
    if (known != null && now - known.atNanos() < KNOWN_FOR.toNanos()) {
      return known.full();
    }
    long waiting =
        Sql.CROWD
            .query(connection, row -> row.getLong(1), endpoint, WebhookOutbox.WAITING_MAX)
            .getFirst();
    if (counts.size() >= REMEMBERED_MAX) {
      counts.clear();
    }
    boolean full = waiting >= WebhookOutbox.WAITING_MAX;
    counts.put(endpoint, new Count(full, now));
    return full;
  }
}
