package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Member;

/**
 * A user's first connection came to a channel, or the last one left it.
 *
 * @param version of the channel's roster after the change; greater than that of every earlier one
 */
public record PresenceChange(ChannelId channel, long version, Kind kind, Member member) {
  /** What happened. */
  public enum Kind {
    JOINED,
    LEFT
  }
}
