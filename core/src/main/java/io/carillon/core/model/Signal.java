package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * An event that nothing keeps: it has no position, and who misses it has missed it. Immutable.
 *
 * @param event the event's name, up to {@link Message#MAX_EVENT_LENGTH} characters
 * @param key of two signals with the same key from the same sender the older one may be left out;
 *     null when none replaces it
 * @param sender who sent it, and does not get it back
 */
public record Signal(
    ChannelId channel, String event, Payload payload, @Nullable String key, Sender sender) {
  public static final int KEY_LENGTH_MAX = 128;

  /**
   * Who sent a signal.
   *
   * @param memberKey under which name everyone knows its session
   * @param clientId who its token says it is, or null
   */
  public record Sender(ConnectionId connection, String memberKey, @Nullable String clientId) {}
}
