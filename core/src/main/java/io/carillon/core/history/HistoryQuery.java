package io.carillon.core.history;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * A page of a channel's past.
 *
 * @param from where the page starts, itself not part of it; null for the newest end when reading
 *     backward, for the oldest when reading forward
 * @param limit 1 to {@link #LIMIT_MAX} publications
 */
public record HistoryQuery(
    ChannelId channel, Direction direction, @Nullable Position from, int limit) {
  public static final int LIMIT_MAX = 1_000;

  /** Which way the pages go. */
  public enum Direction {
    /** Newest first. */
    BACKWARD,
    /** Oldest first. */
    FORWARD
  }

  public HistoryQuery {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + LIMIT_MAX + ")");
    }
  }
}
