package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel of the connection: its position, and the rule that finds holes and repeats (clauses
 * 3.4, 3.5 and 3.7). Confined to the lane.
 */
final class Feed {
  /** What a feed tells its channel, on the lane. */
  interface Listener {
    /** Whether one more message can be taken. */
    boolean hasRoom();

    void delivered(Frame item, long epoch);

    /** The position moved without a message. */
    void moved(Position to);

    void changed(ChannelState state);

    void missed(Gap gap);

    /** Adds what else the channel asks for to a {@code sub}. */
    void asking(FrameText sub);

    /** Whether this client is a member, which leaving the channel would end. */
    boolean isMember();
  }

  private static final long RETRY_MILLIS = 1_000;

  /** In a row, without a message between them. */
  private static final int PROMPT_REPAIRS_MAX = 3;

  private static final long NOT_ASKED = -1;
  private static final long BEFORE_ALL = -1;

  private final Core core;
  private final String name;
  private final Listener listener;
  private final Set<Object> users = new HashSet<>();
  private int rewind;
  private ChannelState state = new ChannelState.Off();

  /** The newest that was delivered; null until the channel was joined. */
  private @Nullable Position position;

  /** Where what is delivered began: history up to here joins without hole or repeat. */
  private @Nullable Position start;

  private Lane.Timer lingering = Lane.Timer.NONE;
  private Lane.Timer retrying = Lane.Timer.NONE;
  private long asked = NOT_ASKED;
  private int repairs;

  /** Nothing is asked for until the listener has room again. */
  private boolean paused;

  Feed(Core core, String name, Listener listener) {
    this.core = core;
    this.name = name;
    this.listener = listener;
  }

  void begin(int newest, @Nullable Position since) {
    rewind = newest;
    position = since;
  }

  @Nullable Position start() {
    return start;
  }

  ChannelState state() {
    return state;
  }

  boolean isWanted() {
    return state instanceof ChannelState.Joining || state instanceof ChannelState.Live;
  }

  /** Keeps the channel joined until the user is released, and then for the time of linger. */
  void use(Object user) {
    users.add(user);
    lingering.cancel();
    join();
  }

  void release(Object user) {
    if (users.remove(user)) {
      linger();
    }
  }

  /** Leaves after a while, unless somebody needs the channel then. */
  void linger() {
    lingering.cancel();
    lingering =
        core.lane()
            .schedule(
                core.settings().lingerMillis,
                () -> {
                  if (users.isEmpty() && isWanted() && !listener.isMember()) {
                    leave();
                  }
                });
  }

  /** Off at once, whoever uses it. */
  void leave() {
    unsubscribe();
    lost();
    users.clear();
    lingering.cancel();
    position = null;
    start = null;
    core.feeds().remove(name);
    paused = false;
    become(new ChannelState.Off());
  }

  private void unsubscribe() {
    if (asked != NOT_ASKED && core.connection().isSpeaking()) {
      long i = core.expect(reply -> {});
      core.connection().send(FrameText.of("unsub").with("i", i).with("ch", name).text());
    }
  }

  private void join() {
    if (isWanted()) {
      return;
    }
    core.feeds().put(name, this);
    CarillonException dead = core.dead();
    if (dead != null) {
      become(new ChannelState.Failed(dead));
      return;
    }
    become(new ChannelState.Joining());
    core.need();
    ask();
  }

  /** Also after a refusal, when rights may have changed. */
  void ask() {
    if (core.connection().isSpeaking() && !paused) {
      core.connection().send(asking());
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** Clause 4.1: from here on, or behind what was delivered. */
  String asking() {
    retrying.cancel();
    if (!isWanted()) {
      become(new ChannelState.Joining());
    }
    long i = core.nextNumber();
    asked = i;
    core.expect(i, reply -> answered(i, reply));
    FrameText sub = FrameText.of("sub").with("i", i).with("ch", name);
    Position since = position;
    if (since != null) {
      sub.with("since", since);
    } else if (rewind > 0) {
      sub.with("rewind", rewind);
    }
    listener.asking(sub);
    return sub.text();
  }

  private void answered(long i, Frame reply) {
    if (i != asked) {
      return;
    }
    if (reply.type().equals("subbed")) {
      joined(reply);
    } else {
      refused(core.problem(reply));
    }
  }

  /** Clause 3.8: the server left something out, because this client reads too slowly. */
  void told(Frame subbed) {
    if (asked != NOT_ASKED) {
      joined(subbed);
    }
  }

  /** Clauses 4.2 and 4.3. */
  private void joined(Frame subbed) {
    Position from = position;
    if (!subbed.flag("recovered")) {
      boolean lost = subbed.has("recovered") && from != null;
      Position newest = subbed.position();
      Position to =
          lost
              ? newest
              : new Position(
                  subbed.number("se", newest.epoch()), subbed.number("start", newest.offset()));
      position = to;
      start = to;
      if (lost && from != null) {
        listener.missed(new Gap(from, to, subbed.text("why", "expired")));
      }
      listener.moved(to);
    } else if (from != null) {
      start = start == null ? from : start;
      listener.moved(from);
    }
    become(new ChannelState.Live());
  }

  /** Clauses 3.4 and 3.7. */
  void receive(Frame push) {
    Position at = position;
    long subscription = asked;
    if (at == null || subscription == NOT_ASKED) {
      return;
    }
    Position to = push.position();
    long begun = begun(at, push);
    if (push.number("f", 0) > begun) {
      repair();
      return;
    }
    if (to.epoch() == at.epoch() && to.offset() <= begun) {
      return;
    }
    repairs = 0;
    for (Frame item : push.objects("m")) {
      long offset = item.number("o", 0);
      if (offset <= begun) {
        continue;
      }
      if (!listener.hasRoom()) {
        pause();
        return;
      }
      position = new Position(to.epoch(), offset);
      listener.delivered(item, to.epoch());
      // a direct executor may have let a listener leave the channel
      if (subscription != asked) {
        return;
      }
    }
    if (!to.equals(position)) {
      position = to;
      listener.moved(to);
    }
  }

  /** What of the push's epoch the client has; below all when it cannot follow. */
  private static long begun(Position at, Frame push) {
    if (push.number("e", 0) == at.epoch()) {
      return at.offset();
    }
    Frame prev = push.object("prev");
    boolean follows =
        prev != null
            && prev.number("e", 0) == at.epoch()
            && at.offset() >= prev.number("o", Long.MAX_VALUE);
    return follows ? push.number("f", 0) : BEFORE_ALL;
  }

  /** Asks for what is missing; a server that answers with the same hole again is given time. */
  private void repair() {
    if (!(state instanceof ChannelState.Live)) {
      return;
    }
    become(new ChannelState.Joining());
    repairs++;
    if (repairs > PROMPT_REPAIRS_MAX) {
      later(RETRY_MILLIS);
    } else {
      ask();
    }
  }

  /** Listeners are behind: the server keeps what they cannot take, and is asked for it later. */
  private void pause() {
    if (!listener.isMember()) {
      unsubscribe();
    }
    asked = NOT_ASKED;
    paused = true;
    become(new ChannelState.Joining());
  }

  void resume() {
    if (paused) {
      paused = false;
      if (isWanted()) {
        ask();
      }
    }
  }

  /** By the answer to a request, or because rights were lost. */
  void refused(CarillonException reason) {
    if (reason.retry() == Retry.NO || reason.retry() == Retry.TOKEN) {
      ended(reason);
    } else {
      become(new ChannelState.Joining());
      later(reason.afterMillis > 0 ? reason.afterMillis : RETRY_MILLIS);
    }
  }

  /** Until somebody asks again; a position is kept, so that it can go on. */
  void ended(CarillonException reason) {
    lost();
    become(new ChannelState.Failed(reason));
  }

  /** The connection is gone, and with it the subscription. */
  void lost() {
    asked = NOT_ASKED;
    retrying.cancel();
    if (state instanceof ChannelState.Live) {
      become(new ChannelState.Joining());
    }
  }

  /** Up to half of the time more, so that not all who were refused come at once. */
  private void later(long millis) {
    retrying.cancel();
    long pause = Math.round(millis * (1 + core.lane().chance() / 2));
    retrying = core.lane().schedule(pause, this::ask);
  }

  private void become(ChannelState next) {
    state = next;
    listener.changed(next);
  }
}
