package io.carillon.core.session;

import java.time.Duration;

/**
 * Decides when a silent connection is asked for a sign of life and when it is given up: after the
 * activity timeout without anything received a ping, after the pong timeout more the end. Anything
 * received proves life. Confined to the connection's lane; no timer of its own.
 */
public final class KeepAlive {
  /** What to do now. */
  public enum Verdict {
    FINE,
    PING,
    GIVE_UP
  }

  private final Timeouts timeouts;

  /** When something was received last, or when the ping went out that nothing has followed. */
  private long since;

  private boolean pinged;

  public KeepAlive(Timeouts timeouts, long nowNanos) {
    this.timeouts = timeouts;
    this.since = nowNanos;
  }

  /** Something came from the other side. */
  public void received(long nowNanos) {
    since = nowNanos;
    pinged = false;
  }

  /** What to do now; {@link Verdict#PING} is answered once for each silence. */
  public Verdict check(long nowNanos) {
    if (pinged) {
      return nowNanos - since >= timeouts.pongNanos() ? Verdict.GIVE_UP : Verdict.FINE;
    }
    if (nowNanos - since < timeouts.activityNanos()) {
      return Verdict.FINE;
    }
    pinged = true;
    since = nowNanos;
    return Verdict.PING;
  }

  /** How long silence lasts; both more than zero. Shared by all connections of a protocol. */
  public record Timeouts(Duration activity, Duration pong) {
    /** Asked after the interval, given up after twice that (clause 7.1 of the native protocol). */
    public static Timeouts twice(Duration interval) {
      return new Timeouts(interval, interval);
    }

    long activityNanos() {
      return activity.toNanos();
    }

    long pongNanos() {
      return pong.toNanos();
    }
  }
}
