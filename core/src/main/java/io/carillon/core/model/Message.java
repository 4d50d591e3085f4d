package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What someone publishes, before it has a position. Immutable.
 *
 * @param id names the message within its channel: repeating it inside the dedupe window is answered
 *     with the first position; null when the publisher gave none
 * @param event the event's name, up to 200 characters
 * @param payload what it carries
 * @param origin who sent it
 */
public record Message(@Nullable String id, String event, Payload payload, Origin origin) {
  /** Pusher's limit. */
  public static final int MAX_EVENT_LENGTH = 200;

  /** Who sent a message. */
  public sealed interface Origin {
    /** The connection that must not get the message back, if any. */
    @Nullable ConnectionId excluded();

    /** Published by a tenant's backend with a key; it may leave out one of its users' sockets. */
    record Backend(@Nullable ConnectionId excluded) implements Origin {
      public static final Backend TO_EVERYONE = new Backend(null);
    }

    /**
     * Sent by a client.
     *
     * @param connection does not get its own message back where the protocol leaves it out; null
     *     when the client sent it with a request of its own
     * @param userId the member's id on a presence channel, or the id in the client's token
     */
    record Client(@Nullable ConnectionId connection, @Nullable String userId) implements Origin {
      @Override
      public @Nullable ConnectionId excluded() {
        return connection;
      }
    }
  }
}
