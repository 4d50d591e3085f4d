package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;

/**
 * A channel or a member came or went. Immutable.
 *
 * @param id greater than that of every earlier movement of the application; the bits above the
 *     lowest {@value #ID_BITS} are the time in milliseconds since 1970
 * @param userId whose movement it is; empty for the channel's own
 */
public record Movement(long id, ChannelId channel, Kind kind, String userId) {
  /** How many movements one millisecond can number. */
  public static final int ID_BITS = 20;

  /** What happened. */
  public enum Kind {
    /** The channel has a first subscription. */
    OCCUPIED,
    /** The channel's last subscription ended. */
    VACATED,
    /** A user's first entry came. */
    JOINED,
    /** A user's last entry left. */
    LEFT;

    /** Whether it begins something that its counterpart ends. */
    public boolean isArrival() {
      return this == OCCUPIED || this == JOINED;
    }
  }

  /** When it happened, in milliseconds since 1970. */
  public long atMillis() {
    return id >>> ID_BITS;
  }
}
