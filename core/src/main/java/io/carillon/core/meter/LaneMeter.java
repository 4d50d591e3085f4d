package io.carillon.core.meter;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the connections of one key on one lane are handed. Written on the lane alone, so that
 * counting is two plain additions; read by any thread, which sees a value that was true a moment
 * ago.
 */
public final class LaneMeter {
  /** For whom nothing is counted that anyone reads; it may be shared by lanes. */
  public static final LaneMeter UNREAD = new LaneMeter();

  private final AtomicLong deliveries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  LaneMeter() {}

  /** A connection was handed so many publications, in a frame of so many bytes. */
  public void delivered(int publications, int frameBytes) {
    deliveries.setOpaque(deliveries.getPlain() + publications);
    bytes.setOpaque(bytes.getPlain() + frameBytes);
  }

  long deliveries() {
    return deliveries.getOpaque();
  }

  long bytes() {
    return bytes.getOpaque();
  }
}
