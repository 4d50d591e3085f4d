package io.carillon.core.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What someone publishes, before it has a position. Immutable.
 *
 * @param id names the message within its channel: repeating it inside the dedupe window is answered
 *     with the first position; null when the publisher gave none
 * @param event the event's name, up to 200 characters
 * @param payload what it carries
 * @param origin who sent it
 * @param meta what stands beside the payload
 */
public record Message(
    @Nullable String id, String event, Payload payload, Origin origin, Meta meta) {
  /** Pusher's limit. */
  public static final int MAX_EVENT_LENGTH = 200;

  /** The longest id. */
  public static final int MAX_ID_LENGTH = 128;

  /** Extras are for a few words beside the payload. */
  public static final int MAX_EXTRAS_BYTES = 2_048;

  /** A message of which nothing else is known. */
  public Message(@Nullable String id, String event, Payload payload, Origin origin) {
    this(id, event, payload, origin, Meta.NONE);
  }

  /**
   * What stands beside a payload.
   *
   * @param extras a JSON object of up to {@link #MAX_EXTRAS_BYTES}, for the applications alone
   * @param edit what it has to do with changing messages; null for a plain message
   * @param traced whether every node notes what becomes of it; no part of what is kept for long
   */
  public record Meta(@Nullable Payload extras, @Nullable Edit edit, boolean traced) {
    public static final Meta NONE = new Meta(null, null);

    /** Of a message that nobody traces. */
    public Meta(@Nullable Payload extras, @Nullable Edit edit) {
      this(extras, edit, false);
    }

    /** Nothing but this edit, or nothing at all. */
    public static Meta of(@Nullable Edit edit) {
      return edit == null ? NONE : new Meta(null, edit);
    }

    /** The same, traced or not. */
    public Meta traced(boolean wanted) {
      return wanted == traced ? this : new Meta(extras, edit, wanted);
    }
  }

  /** A JSON object beside the payload, or null. */
  public @Nullable Payload extras() {
    return meta.extras();
  }

  /** Whether every node notes what becomes of it. */
  public boolean isTraced() {
    return meta.traced();
  }

  /** The same, traced or not. */
  public Message traced(boolean wanted) {
    return wanted == isTraced()
        ? this
        : new Message(id, event, payload, origin, meta.traced(wanted));
  }

  /** The operation that this message is, or null when it is content. */
  public Edit.@Nullable Operation operation() {
    return meta.edit() instanceof Edit.Operation operation ? operation : null;
  }

  /** Every id whose repetition is answered with this message's position. */
  public List<String> ids() {
    Edit.Operation operation = operation();
    if (operation == null || operation.mergedIds().isEmpty()) {
      return id == null ? List.of() : List.of(id);
    }
    List<String> ids = new ArrayList<>(operation.mergedIds().size() + 1);
    if (id != null) {
      ids.add(id);
    }
    ids.addAll(operation.mergedIds());
    return ids;
  }

  /** How many bytes its payload and its extras have. */
  public int size() {
    Payload extras = extras();
    return payload.size() + (extras == null ? 0 : extras.size());
  }

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
