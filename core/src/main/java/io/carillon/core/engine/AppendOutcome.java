package io.carillon.core.engine;

import io.carillon.core.model.Position;

/** What an append did. */
public sealed interface AppendOutcome {
  /** Where the message stands. */
  Position position();

  /**
   * The message got this position and was handed to every node that joined its channel.
   *
   * @param timestampMillis when it was accepted, as its publication says
   */
  record Appended(Position position, long timestampMillis) implements AppendOutcome {}

  /** A message with the same id stands here already; nothing was handed to anyone. */
  record Duplicate(Position position) implements AppendOutcome {}
}
