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

  private final Connection connection;
  private final Lane lane;
  private Lane.Timer timer = Lane.Timer.NONE;
  private long interval;

  /**
   * When something should be heard: the interval after the last, or at once when something was sent
   * since. Not in the future without a connection.
   */
  private long expectedAt;

  /** When the timer comes. */
  private long wakesAt;

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
    expectedAt = 0;
  }

  void heard() {
    expectedAt = lane.millis() + interval;
    probed = false;
  }

  /** Something went out, which the server answers, or else a question does. */
  void sent() {
    long now = lane.millis();
    if (expectedAt <= now) {
      return;
    }
    expectedAt = now;
    if (wakesAt > now + PROBE_MILLIS) {
      timer.cancel();
      listen();
    }
  }

  private void listen() {
    long now = lane.millis();
    long rest = expectedAt - now;
    if (rest + GIVE_UP_MILLIS <= 0) {
      connection.silent();
      return;
    }
    if (rest + PROBE_MILLIS <= 0 && !probed) {
      probed = true;
      connection.send(FrameText.of("ping").text());
    }
    long wait = rest + (probed ? GIVE_UP_MILLIS : PROBE_MILLIS);
    wakesAt = now + wait;
    timer = lane.schedule(wait, this::listen);
  }
}
