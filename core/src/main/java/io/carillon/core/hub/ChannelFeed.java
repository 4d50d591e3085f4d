package io.carillon.core.hub;

import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One joined channel of this node: hands each publication to the lanes once, in position order, and
 * never over a hole without saying so. Its state is guarded by itself; only the lanes change inside
 * the hub's map entry.
 *
 * <p>What comes is compared with the position that is expected: equal passes, older is a repeat and
 * is dropped, newer waits while the hole is read from the log. What the log cannot give is skipped
 * with a word to the subscribers. The log is never called while the feed is held, because the log
 * may call the feed while it holds the channel.
 */
final class ChannelFeed {
  /** How much is read at once. */
  static final int READ_LIMIT = 100;

  /** A hole that is larger is skipped: clients that count positions read it at their own pace. */
  static final int FILL_MAX = 1_000;

  /** After so many reads that did not help, live publications wait no longer. */
  static final int TRIES_MAX = 5;

  private final ChannelId channel;
  private final FeedUpkeep upkeep;
  private volatile LaneHub[] lanes = {};

  /** Behind which publications are handed on; unknown until a join is answered. */
  private @Nullable Position begin;

  /** The newest that was handed on or skipped. */
  private long epoch;

  private long offset;

  private final Ahead ahead = new Ahead();
  private State state = State.QUIET;
  private int tries;

  /**
   * What the log could not give up to here, when it was asked first; it may still be on its way.
   */
  private @Nullable Position suspected;

  private enum State {
    QUIET,
    READING,
    WAITING
  }

  ChannelFeed(ChannelId channel, FeedUpkeep upkeep) {
    this.channel = channel;
    this.upkeep = upkeep;
  }

  ChannelId channel() {
    return channel;
  }

  /** How many wait behind a hole, for tests. */
  synchronized int waiting() {
    return ahead.size();
  }

  /** Inside the hub's map entry. */
  void add(LaneHub lane) {
    LaneHub[] more = Arrays.copyOf(lanes, lanes.length + 1);
    more[more.length - 1] = lane;
    lanes = more;
  }

  /**
   * Inside the hub's map entry.
   *
   * @return whether it was the last one; then this feed has ended
   */
  boolean remove(LaneHub lane) {
    lanes = Arrays.stream(lanes).filter(other -> other != lane).toArray(LaneHub[]::new);
    return lanes.length == 0;
  }

  /** Hands on what has no position. */
  void deliver(Delivery delivery) {
    for (LaneHub lane : lanes) {
      lane.accept(delivery);
    }
  }

  void published(Publication publication) {
    boolean ask;
    synchronized (this) {
      ask = accept(publication);
    }
    if (ask) {
      read();
    }
  }

  /**
   * A join was answered. The first answer says where this feed begins.
   *
   * @return whether the feed gives everything behind this head; an older head may come in late,
   *     when what follows it has been passed over already
   */
  boolean joined(Position top) {
    boolean ask;
    boolean covered;
    synchronized (this) {
      if (begin == null) {
        begin = top;
        moveTo(top);
        passWhatFollows();
        ask = (ahead.hasOverflowed() || !ahead.isEmpty()) && startReading();
      } else {
        ask = top.epoch() > epoch && startReading();
      }
      covered = !begin.isAfter(top);
    }
    if (ask) {
      read();
    }
    return covered;
  }

  /** Compares with the log's top, unless the log is asked already. */
  void check() {
    boolean ask;
    synchronized (this) {
      ask = begin != null && lanes.length > 0 && startReading();
    }
    if (ask) {
      read();
    }
  }

  private boolean accept(Publication publication) {
    if (begin == null) {
      ahead.hold(publication);
      return false;
    }
    Position next = publication.position();
    if (isExpected(next)) {
      pass(publication);
      passWhatFollows();
      return false;
    }
    if (!next.isAfter(position())) {
      return false;
    }
    ahead.hold(publication);
    return startReading();
  }

  private boolean isExpected(Position next) {
    return next.offset() == offset + 1 && next.epoch() == epoch;
  }

  private Position position() {
    return new Position(epoch, offset);
  }

  private void moveTo(Position to) {
    epoch = to.epoch();
    offset = to.offset();
  }

  private void pass(Publication publication) {
    moveTo(publication.position());
    deliver(new Delivery.Published(publication));
  }

  private void passWhatFollows() {
    while (!ahead.isEmpty()) {
      Position first = ahead.first();
      boolean expected = isExpected(first);
      if (!expected && first.isAfter(position())) {
        return;
      }
      Publication publication = ahead.takeFirst();
      if (expected) {
        pass(publication);
      }
    }
  }

  private boolean startReading() {
    if (state != State.QUIET) {
      return false;
    }
    state = State.READING;
    return true;
  }

  private void read() {
    Position from;
    synchronized (this) {
      from = position();
    }
    upkeep.read(channel, from, READ_LIMIT, this::answered);
  }

  private void readAgain() {
    synchronized (this) {
      state = State.READING;
    }
    read();
  }

  /**
   * @param slice null when the log could not be read
   */
  private void answered(@Nullable Slice slice) {
    int pause;
    synchronized (this) {
      pause = apply(slice);
    }
    if (pause == 0) {
      read();
    } else if (pause > 0) {
      upkeep.later(pause, this::readAgain);
    }
  }

  /** Whether to read again: -1 no, 0 at once, else after that many pauses. */
  private int apply(@Nullable Slice slice) {
    Position before = position();
    if (slice != null) {
      take(slice);
      passWhatFollows();
    }
    boolean moved = !before.equals(position());
    boolean level = slice != null && !slice.top().isAfter(position());
    tries = moved ? 0 : tries + 1;
    boolean waits = suspected != null || !ahead.isEmpty();
    if (lanes.length == 0 || (!waits && (level || !moved))) {
      return rest();
    }
    if (moved) {
      return 0;
    }
    if (tries < TRIES_MAX || ahead.isEmpty()) {
      state = State.WAITING;
      return Math.min(tries, TRIES_MAX);
    }
    skipTo(before(ahead.first()));
    passWhatFollows();
    tries = 0;
    return ahead.isEmpty() ? rest() : 0;
  }

  /** When the log fails and nothing waits for it, the next check comes soon enough. */
  private int rest() {
    state = State.QUIET;
    suspected = null;
    tries = 0;
    ahead.forgetOverflow();
    return -1;
  }

  private void take(Slice slice) {
    Position top = slice.top();
    if (!top.isAfter(position())) {
      suspected = null;
      return;
    }
    Position lost = lostUpTo(slice);
    if (lost.isAfter(position()) && !skip(lost)) {
      return;
    }
    for (Publication publication : slice.publications()) {
      if (isExpected(publication.position())) {
        pass(publication);
      }
    }
  }

  /** Up to where nothing can be read that is missing; a position that is not newer when all can. */
  private Position lostUpTo(Slice slice) {
    Position end = older(slice.top(), ahead.isEmpty() ? slice.top() : before(ahead.first()));
    if (end.offset() - (end.epoch() == epoch ? offset : 0) > FILL_MAX) {
      return end;
    }
    if (slice.complete()) {
      return position();
    }
    for (Publication publication : slice.publications()) {
      if (publication.position().isAfter(position())) {
        return before(publication.position());
      }
    }
    return slice.top();
  }

  private static Position older(Position one, Position other) {
    return one.isAfter(other) ? other : one;
  }

  private static Position before(Position position) {
    return new Position(position.epoch(), position.offset() - 1);
  }

  /**
   * Skips what was missing already when it could not be read before: what a log keeps nothing of
   * may be on its way from it.
   */
  private boolean skip(Position lost) {
    Position before = suspected;
    if (before == null || !before.isAfter(position())) {
      suspected = lost;
      return false;
    }
    suspected = null;
    skipHolesUpTo(older(lost, before));
    return !lost.isAfter(position());
  }

  /** Hands on what waits between the holes. */
  private void skipHolesUpTo(Position end) {
    while (end.isAfter(position())) {
      skipTo(ahead.isEmpty() ? end : older(end, before(ahead.first())));
      passWhatFollows();
    }
  }

  private void skipTo(Position to) {
    moveTo(to);
    deliver(new Delivery.Skipped(channel, to));
  }

  @Override
  public synchronized String toString() {
    return channel
        + " at "
        + position()
        + ", "
        + state
        + " after "
        + tries
        + " tries, "
        + ahead.size()
        + " ahead, suspected up to "
        + suspected;
  }
}
