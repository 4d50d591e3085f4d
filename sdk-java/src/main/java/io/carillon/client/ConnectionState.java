package io.carillon.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What a client's connection does. Immutable.
 *
 * <pre>{@code
 * idle ─connect()→ connecting ─welcome→ connected ─lost→ waiting ─timer, connect()→ connecting
 *                      └── fatal ───────────┴────────────────┴→ failed       any ─close()→ closed
 * }</pre>
 *
 * <p>A loss of messages is no state of the connection: channels tell it, see {@link Gap}.
 */
public sealed interface ConnectionState {
  /** Nothing needed a connection yet. */
  record Idle() implements ConnectionState {}

  /**
   * An attempt is under way.
   *
   * @param attempt how many failed before it in a row
   */
  record Connecting(int attempt) implements ConnectionState {}

  /**
   * The server has welcomed this client.
   *
   * @param connection the connection's id
   * @param clientId who the server takes this client for; empty with a key alone
   * @param member the public name of this client's session among the members of a channel
   * @param limits what the server allows
   */
  record Connected(
      String connection, Optional<String> clientId, Optional<String> member, Limits limits)
      implements ConnectionState {}

  /**
   * The connection was lost, and a next attempt has its time.
   *
   * @param attempt how many attempts failed in a row; 0 after a connection that had lasted
   * @param retryAt when the next one begins
   * @param reason why there is no connection
   */
  record Waiting(int attempt, Instant retryAt, CarillonException reason)
      implements ConnectionState {}

  /**
   * The server refused this client for good; {@link Carillon#connect()} tries again.
   *
   * @param reason what it said
   */
  record Failed(CarillonException reason) implements ConnectionState {}

  /** The application closed the client. */
  record Closed() implements ConnectionState {}

  /**
   * What the server allows.
   *
   * @param messageBytes bytes of one message's data; 0 when it did not say
   * @param channels channels of one connection; 0 when it did not say
   */
  record Limits(long messageBytes, long channels) {}
}
