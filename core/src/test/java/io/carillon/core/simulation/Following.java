package io.carillon.core.simulation;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's view of one channel, by clause 3.4: it outlives connections. What the connection says
 * is checked as well, for whoever counts no positions sees only that. For one thread.
 */
final class Following {
  private final Truth truth;
  private final ChannelId channel;

  /** Who follows, for traces. */
  private final String who;

  /** Whether positions count for it, as in the native protocol; else it is told and goes on. */
  private final boolean counts;

  /** What it has processed. */
  private @Nullable Position position;

  /** Up to where the present connection has told, or said that it does not. */
  private @Nullable Position told;

  private Position last = new Position(0, 0);
  private final Set<String> seen = new HashSet<>();

  Following(Truth truth, ChannelId channel, String who, boolean counts) {
    this.truth = truth;
    this.channel = channel;
    this.who = who;
    this.counts = counts;
  }

  ChannelId channel() {
    return channel;
  }

  @Nullable Position position() {
    return position;
  }

  /** Begins anew, with no position. */
  void forget() {
    position = null;
    told = null;
    last = new Position(0, 0);
    seen.clear();
  }

  /** The connection is gone. */
  void disconnected() {
    told = null;
    if (!counts) {
      forget();
    }
  }

  /**
   * @param current whether it answers the newest request
   */
  void subscribed(Frame.Subbed answer, boolean current) {
    told = answer.start();
    if (!current) {
      return;
    }
    switch (answer.verdict()) {
      case FRESH -> {
        Position before = told;
        forget();
        told = before;
        position = answer.start();
      }
      case RECOVERED -> {}
      case LOST_EPOCH, LOST_EXPIRED, LOST_TOO_FAR -> {
        note("is told of a gap: " + position + " to " + answer.start());
        position = answer.start();
      }
    }
  }

  /** Whether nothing was said on this connection that a push could follow. */
  boolean isToldOfNothing() {
    return told == null;
  }

  /** Takes a push; false when it shows a hole, for which the client has to ask again. */
  boolean take(Frame.Push push) {
    checkTold(push);
    truth.checkRange(
        Invariant.DENSE_OFFSETS, new Truth.Range(channel, push.after(), push.to()), push.items());
    Position at = position;
    if (at == null) {
      return true;
    }
    if (at.epoch() == push.to().epoch() && push.to().offset() <= at.offset()) {
      return true;
    }
    if (counts && isHole(push, at)) {
      note("sees a hole: at " + at + ", (" + push.from() + ", " + push.to() + "]");
      return false;
    }
    for (Publication item : push.items()) {
      if (item.position().isAfter(at)) {
        deliver(item);
      }
    }
    position = push.to();
    return true;
  }

  private static boolean isHole(Frame.Push push, Position at) {
    if (at.epoch() == push.to().epoch()) {
      return push.from() > at.offset();
    }
    Position previous = push.previous();
    return previous == null || previous.epoch() != at.epoch() || at.offset() < previous.offset();
  }

  /**
   * On one connection, each push begins where the last one ended, or a marker said that it does
   * not.
   */
  private void checkTold(Frame.Push push) {
    Position before = told;
    if (before == null) {
      throw violation(Invariant.ONE_ORDER_PER_CHANNEL, "a push came before its subscription");
    }
    boolean follows =
        push.isMarker()
            ? push.to().isAfter(before)
            : push.after().equals(before) || before.equals(push.previous());
    if (!follows) {
      throw violation(
          push.after().isAfter(before) ? Invariant.NO_SILENT_GAP : Invariant.ONE_ORDER_PER_CHANNEL,
          "after " + before + " came (" + push.from() + ", " + push.to() + "]");
    }
    told = push.to();
  }

  private void deliver(Publication item) {
    String name = Truth.nameOf(item);
    if (!item.position().isAfter(last)) {
      throw violation(
          Invariant.ONE_ORDER_PER_CHANNEL, "was given " + item.position() + " after " + last);
    }
    last = item.position();
    if (!seen.add(name) && !truth.mayRepeat(name)) {
      throw violation(Invariant.NO_DUPLICATE_AT_CLIENT, "was given " + name + " twice");
    }
    truth.countDelivery();
  }

  /** Everything works again: the client is at the top. */
  void checkLevel(Position top) {
    if (!top.equals(position)) {
      throw violation(Invariant.NO_SILENT_GAP, "is at " + position + " and was not told of " + top);
    }
  }

  private void note(String what) {
    truth.note(channel, who + " " + what);
  }

  private Violation violation(Invariant invariant, String what) {
    return truth.violation(invariant, channel, who + " " + what);
  }
}
