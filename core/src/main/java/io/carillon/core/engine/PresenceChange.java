package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;

/**
 * A change of one channel's roster. Immutable.
 *
 * @param previous the roster's version before it, or 0 when nobody was present: so nothing before
 *     it matters, and a store may forget a channel that everyone left
 * @param version of the roster after it; greater than that of every earlier change and answer
 * @param entry as it is now, or as it was when it left
 * @param present how many entries there are after it
 */
public record PresenceChange(
    ChannelId channel, long previous, long version, Kind kind, PresenceEntry entry, int present) {
  /** What happened. */
  public enum Kind {
    /** A user's first entry came. */
    USER_JOINED,
    /** A further entry of a user came. */
    JOINED,
    /** An entry's data is another. */
    UPDATED,
    /** An entry left whose user has others. */
    LEFT,
    /** A user's last entry left. */
    USER_LEFT;

    /** Whether the entry is not on the roster any more. */
    public boolean isDeparture() {
      return this == LEFT || this == USER_LEFT;
    }

    /** Whether a user came or went, for whom counts users. */
    public boolean isOfUser() {
      return this == USER_JOINED || this == USER_LEFT;
    }
  }
}
