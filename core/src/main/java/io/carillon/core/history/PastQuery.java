package io.carillon.core.history;

import org.jspecify.annotations.Nullable;

/**
 * A page of a channel's past, of a time.
 *
 * @param page where its {@code from} is null, the page starts where the time does, or ends
 * @param afterMillis nothing that was accepted earlier, in milliseconds since 1970; null for no
 *     bound
 * @param beforeMillis nothing that was accepted then or later; null for no bound
 */
public record PastQuery(
    HistoryQuery page, @Nullable Long afterMillis, @Nullable Long beforeMillis) {
  boolean holds(long millis) {
    return (afterMillis == null || millis >= afterMillis)
        && (beforeMillis == null || millis < beforeMillis);
  }
}
