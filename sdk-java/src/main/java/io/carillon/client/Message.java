package io.carillon.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of a channel. Immutable, as far as its data is.
 *
 * @param name what its publisher called it
 * @param data what was published; null when that was {@code null}
 * @param position where it stands in the channel's log; save it to go on behind it
 * @param id given by the publisher or its library; empty when it had none
 * @param clientId who published it, as its token says; empty for backends and for keys alone
 * @param timestamp when the server took it, in milliseconds
 * @param deleted whether it was taken back; then history has it without its data
 * @param change what it does to another message; empty for a message of its own
 * @param changedAt where the newest change of it stands, when history gives a changed message
 * @param extras a small object that its publisher put beside the data; empty without one
 * @param <T> the data
 */
@SuppressWarnings("exports") // an annotation that users may lack
public record Message<T>(
    String name,
    @Nullable T data,
    Position position,
    Optional<String> id,
    Optional<String> clientId,
    Instant timestamp,
    boolean deleted,
    Optional<Change> change,
    Optional<Position> changedAt,
    Map<String, Object> extras) {

  /**
   * An operation on another message; clause 12.5 of the protocol. Immutable.
   *
   * @param operation {@code append}, {@code update} or {@code delete}
   * @param ref the id of the message that it changes
   */
  public record Change(String operation, String ref) {}

  /** Clause 3.6. */
  static Message<Object> of(Frame item, long epoch) {
    return new Message<>(
        item.text("n", ""),
        item.data(),
        new Position(item.number("e", epoch), item.number("o", 0)),
        Optional.ofNullable(item.text("id")),
        Optional.ofNullable(item.text("by")),
        Instant.ofEpochMilli(item.number("ts", 0)),
        item.flag("del"),
        Optional.ofNullable(item.text("op")).map(op -> new Change(op, item.text("ref", ""))),
        Optional.ofNullable(item.object("v")).map(Frame::position),
        item.map("x"));
  }

  <U> Message<U> with(@Nullable U other) {
    return new Message<>(
        name, other, position, id, clientId, timestamp, deleted, change, changedAt, extras);
  }
}
