package io.carillon.edge.protocol.pusher;

import io.carillon.core.hub.Delivery;
import io.carillon.core.session.KeepAlive.Timeouts;

/**
 * How channels are written for clients that count positions: publications say where they stand, and
 * what was left out is told. Everything else is as for others. Stateless.
 */
final class CountingDialect extends PusherDialect {
  CountingDialect(Timeouts timeouts) {
    super(timeouts, false, null);
  }

  @Override
  public byte[] encodeShared(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Published(var publication) -> PusherPositions.event(publication);
      case Delivery.Skipped(var channel, var upTo) -> PusherPositions.marker(channel.name(), upTo);
      default -> super.encodeShared(delivery);
    };
  }

  /** A client that counts leaves its own events out by itself. */
  @Override
  public boolean mayLeaveOut() {
    return false;
  }
}
