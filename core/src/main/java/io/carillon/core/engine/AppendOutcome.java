package io.carillon.core.engine;

import io.carillon.core.model.Position;
import java.time.Duration;

/** What an append did. */
public sealed interface AppendOutcome {
  /** Where the message stands, or would stand behind. */
  Position position();

  /**
   * The message got this position and was handed to every node that joined its channel.
   *
   * @param timestampMillis when it was accepted, as its publication says
   */
  record Appended(Position position, long timestampMillis) implements AppendOutcome {}

  /** A message with the same id stands here already; nothing was handed to anyone. */
  record Duplicate(Position position) implements AppendOutcome {}

  /**
   * Nothing happened: the channel's epoch is younger than {@link Retention#DEDUPE_WINDOW}, so that
   * an id which the log does not know may have been published before it. Only {@link
   * ChannelLog#appendUnlessYoung} answers this.
   *
   * @param position the log's newest one
   * @param age for how long the log has remembered the channel's ids, less than the window
   */
  record Young(Position position, Duration age) implements AppendOutcome {}
}
