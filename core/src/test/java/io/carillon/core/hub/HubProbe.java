package io.carillon.core.hub;

import io.carillon.core.engine.ChannelLog;
import org.jspecify.annotations.Nullable;

/** Looks into a node's hub, for the simulation. */
public final class HubProbe {
  private HubProbe() {}

  /** What waits beyond its bound, or null. */
  public static @Nullable String excess(ChannelLog.Listener hub) {
    for (ChannelFeed feed : ((Hub) hub).feeds()) {
      if (feed.waiting() > Ahead.PUBLICATIONS_MAX) {
        return feed.waiting() + " publications wait in the feed of " + feed.channel();
      }
    }
    return null;
  }

  /** How its feeds are. */
  public static String describe(ChannelLog.Listener hub) {
    return ((Hub) hub).feeds().toString();
  }
}
