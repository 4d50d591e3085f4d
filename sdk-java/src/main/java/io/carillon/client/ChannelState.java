package io.carillon.client;

/**
 * What a channel does. Immutable.
 *
 * <pre>{@code
 * off ─first use→ joining ─subbed→ live ─hole, loss→ joining       any ─refused→ failed
 * }</pre>
 */
public sealed interface ChannelState {
  /** Nobody uses it. */
  record Off() implements ChannelState {}

  /** The server was or will be asked, and messages do not flow at present. */
  record Joining() implements ChannelState {}

  /** Messages flow. */
  record Live() implements ChannelState {}

  /**
   * The server refused it; using it again asks again.
   *
   * @param reason what it said
   */
  record Failed(CarillonException reason) implements ChannelState {}
}
