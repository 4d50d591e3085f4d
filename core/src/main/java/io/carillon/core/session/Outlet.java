package io.carillon.core.session;

import io.carillon.core.hub.Recipient;

/**
 * One connection as its session sees it: it says what the session tells it in its own protocol. All
 * calls come on the connection's lane.
 */
public interface Outlet extends Recipient {
  /** Sends the event; order among events, and among events and offers, is kept. */
  void send(ServerEvent event);

  /** About a second has passed: time to look after silence. */
  void tick(long nowNanos);
}
