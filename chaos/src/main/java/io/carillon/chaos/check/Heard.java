package io.carillon.chaos.check;

import io.carillon.client.Position;

/** One thing that a subscriber was told on a channel. Immutable. */
public sealed interface Heard {
  /** By the suite's clock. */
  long nanos();

  /** A message. */
  record Delivered(Position position, String id, long nanos) implements Heard {}

  /** What lies between two positions, the latter included, is missing and not coming. */
  record Missed(Position from, Position to, String reason, long nanos) implements Heard {
    boolean covers(Position position) {
      return position.compareTo(from) > 0 && position.compareTo(to) <= 0;
    }
  }
}
