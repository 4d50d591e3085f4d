package io.carillon.chaos.check;

import io.carillon.client.Position;

/**
 * An acknowledgement. Immutable.
 *
 * @param repeat the message had been acknowledged before and was sent again on purpose
 */
public record Acked(String channel, String id, Position position, Span span, boolean repeat) {

  /** From the first try to the answer, by the suite's clock. */
  public record Span(long begunNanos, long ackedNanos) {}
}
