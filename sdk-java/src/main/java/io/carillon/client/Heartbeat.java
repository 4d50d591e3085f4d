package io.carillon.client;

import io.carillon.client.internal.Lane;

/**
 * Finds out that a server fell silent: clause 7.1. After the interval it waits, then asks, then
 * gives up; a timer that was late, as after a sleep, finds out at once. Confined to the lane.
 */
final class Heartbeat {
  static final long STANDARD_MILLIS = 25_000;

  /** So long after the interval the client asks. */
  private static final long PROBE_MILLIS = 5_000;

  /** So long after the interval it gives up. */
  private static final long GIVE_UP_MILLIS = 10_000;

  private final Connection connection;
  private final Lane lane;
  private Lane.Timer timer = Lane.Timer.NONE;
  private long interval;
  private long heardAt;
  private boolean probed;

  Heartbeat(Connection connection, Lane lane) {
    this.connection = connection;
    this.lane = lane;
  }

  void start(long intervalMillis) {
    interval = intervalMillis;
    heard();
    listen();
  }

  void stop() {
    timer.cancel();
  }

  void heard() {
    heardAt = lane.millis();
    probed = false;
  }

  private void listen() {
    long rest = heardAt + interval - lane.millis();
    if (rest + GIVE_UP_MILLIS <= 0) {
      connection.silent();
      return;
    }
    if (rest + PROBE_MILLIS <= 0 && !probed) {
      probed = true;
      connection.send(FrameText.of("ping").text());
    }
    timer = lane.schedule(rest + (probed ? GIVE_UP_MILLIS : PROBE_MILLIS), this::listen);
  }
}
