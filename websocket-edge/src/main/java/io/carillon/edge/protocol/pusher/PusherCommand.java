package io.carillon.edge.protocol.pusher;

import io.carillon.core.error.Problem;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import org.jspecify.annotations.Nullable;

/** What a Pusher client can say. Immutable. */
sealed interface PusherCommand {
  /**
   * Asks for a channel.
   *
   * @param auth {@code <key>:<signature>}; absent or empty on public channels
   * @param channelData exactly as it was signed
   * @param counting whether and from where on the client counts positions
   */
  record Subscribe(
      String channel, @Nullable String auth, @Nullable String channelData, Counting counting)
      implements PusherCommand {}

  /** Asks for what followed a position on a channel that it counts positions of. */
  record Missed(String channel, Position since) implements PusherCommand {}

  /** What a client wants to know of positions; most want nothing. */
  sealed interface Counting {
    record No() implements Counting {}

    record FromNow() implements Counting {}

    record Since(Position position) implements Counting {}

    Counting NO = new No();
  }

  record Unsubscribe(String channel) implements PusherCommand {}

  /** An event whose name begins with {@code client-}. */
  record ClientEvent(String name, String channel, Payload payload) implements PusherCommand {}

  /**
   * Says who the user is.
   *
   * @param userData exactly as it was signed
   */
  record SignIn(String auth, String userData) implements PusherCommand {}

  record Ping() implements PusherCommand {}

  /** Nothing to do: a pong, or an event that nobody knows. */
  record Ignored() implements PusherCommand {}

  /** Not a message of the protocol. */
  record Malformed(Problem problem) implements PusherCommand {}
}
