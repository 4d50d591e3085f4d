package io.carillon.client;

import io.carillon.client.internal.Lane;

/**
 * Finds out that a server fell silent: clause 7.1. After the interval it waits, then asks, then
 * gives up; a timer that was late, as after a sleep, finds out at once. When something was sent it
 * does not wait for the interval: a socket of the JDK may take what is sent after its connection
 * broke, and never tell. Confined to the lane.
 */
final class Heartbeat {
  static final long STANDARD_MILLIS = 25_000;

  /** So long after the interval the client asks. */
  private static final long PROBE_MILLIS = 5_000;

  /** So long after the interval it gives up. */
  private static final long GIVE_UP_MILLIS = 10_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final Connection connection;
  private final Lane lane;
  private Lane.Timer timer = Lane.Timer.NONE;
  private long interval;
  private long heardAt;

  /** When something was sent for the first time since the server was heard; or {@link #NEVER}. */
  private long sentAt = NEVER;

  private long dueAt;
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
    interval = 0;
    sentAt = NEVER;
  }

  void heard() {
    heardAt = lane.millis();
    sentAt = NEVER;
    probed = false;
  }

  /** Something went out, which the server answers, or else a question does. */
  void sent() {
    if (sentAt != NEVER || interval == 0) {
      return;
    }
    sentAt = lane.millis();
    if (dueAt > sentAt + PROBE_MILLIS) {
      timer.cancel();
      listen();
    }
  }

  private void listen() {
    long now = lane.millis();
    long rest = Math.min(heardAt + interval, sentAt) - now;
    if (rest + GIVE_UP_MILLIS <= 0) {
      connection.silent();
      return;
    }
    if (rest + PROBE_MILLIS <= 0 && !probed) {
      probed = true;
      connection.send(FrameText.of("ping").text());
    }
    long wait = rest + (probed ? GIVE_UP_MILLIS : PROBE_MILLIS);
    dueAt = now + wait;
    timer = lane.schedule(wait, this::listen);
  }
}
