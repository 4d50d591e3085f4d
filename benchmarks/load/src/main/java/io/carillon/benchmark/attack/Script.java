package io.carillon.benchmark.attack;

import java.time.Duration;
import java.util.List;

/**
 * What one connection of an attack does. Immutable as long as nobody changes its arrays.
 *
 * @param opening what it sends first, piece by piece
 * @param upgrades whether the opening asks for a WebSocket, and the rest waits for it to be one
 * @param once what it sends then
 * @param again what it sends again and again after that; nothing when there is none
 * @param every how long it waits before each; zero to go on at once
 * @param manners how it takes what it gets
 */
record Script(
    List<byte[]> opening,
    boolean upgrades,
    List<byte[]> once,
    List<byte[]> again,
    Duration every,
    Manners manners) {

  /** How a connection behaves. */
  enum Manners {
    /** Reads everything, and answers the server's pings. */
    POLITE,
    /** Reads everything, and answers no ping. */
    MUTE,
    /** Reads nothing after the WebSocket is open, or at all. */
    DEAF,
    /** As polite, and connects again when it was sent away. */
    STUBBORN,
    /** Connects, waits for one answer to what it says, drops the connection, connects again. */
    FLEETING
  }

  static Script raw(byte[] opening) {
    return new Script(List.of(opening), false, List.of(), List.of(), Duration.ZERO, Manners.POLITE);
  }

  static Script socket(byte[] handshake, byte[]... once) {
    return new Script(
        List.of(handshake), true, List.of(once), List.of(), Duration.ZERO, Manners.POLITE);
  }

  Script again(byte[] bytes, Duration pause) {
    return new Script(opening, upgrades, once, List.of(bytes), pause, manners);
  }

  Script as(Manners other) {
    return new Script(opening, upgrades, once, again, every, other);
  }
}
