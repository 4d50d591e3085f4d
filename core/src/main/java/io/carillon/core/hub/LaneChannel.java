package io.carillon.core.hub;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.runtime.Lane;
import io.carillon.core.trace.TraceLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's subscribers on one lane, grouped by wire format; confined to the lane. Deliveries
 * of a lane's turn are joined, encoded once per format and handed to everyone in one go.
 */
final class LaneChannel {
  private static final Logger LOG = LoggerFactory.getLogger(LaneChannel.class);

  /** A joined frame ends at about this many bytes of payload, so that a burst stays bounded. */
  private static final int BATCH_BYTES = 256 * 1024;

  private static final int BATCH_DELIVERIES = 1_024;

  private final List<Group> groups = new ArrayList<>(1);
  private final List<Delivery> pending = new ArrayList<>(1);
  private final ChannelId id;
  private final Lane lane;
  private final TraceLog traces;

  /** Has {@link #deliver} called soon. */
  private final Consumer<LaneChannel> due;

  /** As long as someone is told of presence joined. */
  private @Nullable PresenceFeed presence;

  private int watchers;

  LaneChannel(ChannelId id, Lane lane, TraceLog traces, Consumer<LaneChannel> due) {
    this.traces = traces;
    this.id = id;
    this.lane = lane;
    this.due = due;
  }

  ChannelId id() {
    return id;
  }

  void add(Subscriber subscriber) {
    if (watches(subscriber)) {
      watchers++;
      if (presence == null) {
        presence = new PresenceFeed(lane, () -> due.accept(this));
      }
    }
    groupOf(subscriber).add(subscriber);
  }

  private static boolean watches(Subscriber subscriber) {
    return subscriber.view() == PresenceView.CHANGES || subscriber.view() == PresenceView.COUNT;
  }

  private Group groupOf(Subscriber subscriber) {
    for (Group group : groups) {
      if (group.encoder == subscriber.encoder()) {
        return group;
      }
    }
    Group group = new Group(subscriber.encoder());
    groups.add(group);
    return group;
  }

  void remove(Subscriber subscriber) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.encoder == subscriber.encoder()) {
        if (group.remove(subscriber) && watches(subscriber) && --watchers == 0) {
          presence = null;
        }
        if (group.size == 0) {
          groups.remove(i);
        }
        return;
      }
    }
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** How many subscribers there are. */
  int size() {
    int size = 0;
    for (Group group : groups) {
      size += group.size;
    }
    return size;
  }

  /** Whether this is the first delivery of the turn. */
  boolean enqueue(Delivery delivery) {
    boolean first = pending.isEmpty();
    pending.add(delivery);
    if (presence != null && delivery instanceof Delivery.PresenceChanged(var change)) {
      presence.add(change, pending);
    }
    return first;
  }

  /** Closes every subscriber's connection. */
  void closeAll(Problem problem) {
    for (int i = groups.size() - 1; i >= 0; i--) {
      groups.get(i).forEach(subscriber -> subscriber.recipient().close(problem));
    }
  }

  /** Hands out what came in this turn, and what has waited long enough. */
  void deliver(Turn turn) {
    try {
      if (presence != null) {
        presence.release(pending);
      }
      int from = 0;
      while (from < pending.size()) {
        int to = batchEnd(from);
        boolean all = from == 0 && to == pending.size();
        turn.oneBatch = all && turn.oneChannel;
        deliver(new Batch(all ? pending : pending.subList(from, to)), turn);
        from = to;
      }
    } finally {
      // else the channel would never be due again
      pending.clear();
    }
  }

  private void deliver(Batch batch, Turn turn) {
    // a recipient that is closed on the way may take its group out of the list
    for (int i = groups.size() - 1; i >= 0; i--) {
      groups.get(i).deliver(batch, turn);
    }
    if (batch.isTraced()) {
      batch.report(traces);
    }
  }

  private int batchEnd(int from) {
    int bytes = 0;
    int to = from;
    while (to < pending.size() && to - from < BATCH_DELIVERIES && bytes < BATCH_BYTES) {
      if (pending.get(to) instanceof Delivery.Published(var publication)) {
        bytes += publication.message().payload().size();
      }
      to++;
    }
    return to;
  }

  /** Whoever misses something is closed, for a hole must not be silent. */
  private static void closeAfterFailure(Subscriber subscriber) {
    subscriber.recipient().close(Problem.of(ErrorCode.INTERNAL_ERROR));
  }

  /** Subscribers that share a wire format, in an array that stays dense. */
  private static final class Group {
    private final Encoder encoder;
    private @Nullable Subscriber[] subscribers = new Subscriber[1];
    private int size;

    Group(Encoder encoder) {
      this.encoder = encoder;
    }

    void add(Subscriber subscriber) {
      if (size == subscribers.length) {
        subscribers = Arrays.copyOf(subscribers, size + (size >> 1) + 1);
      }
      subscriber.index = size;
      subscribers[size++] = subscriber;
    }

    /** Whether it was there. */
    boolean remove(Subscriber subscriber) {
      int index = subscriber.index;
      if (index < 0 || index >= size || subscribers[index] != subscriber) {
        return false;
      }
      Subscriber last = subscribers[--size];
      subscribers[size] = null;
      subscribers[index] = index == size ? null : last;
      if (last != null) {
        last.index = index;
      }
      subscriber.index = -1;
      return true;
    }

    /** Backwards, so that a recipient that closes and leaves hides nobody who is still to come. */
    void deliver(Batch batch, Turn turn) {
      if (size == 0) {
        return;
      }
      SharedFrame frame;
      try {
        frame = encoder.encode(batch.deliveries());
      } catch (RuntimeException e) {
        LOG.error("encoding {} deliveries failed", batch.size(), e);
        forEach(LaneChannel::closeAfterFailure);
        return;
      }
      try {
        if (frame.isEmpty()) {
          return; // such as counts, which only some formats have
        }
        forEach(
            subscriber -> {
              if (batch.isTraced()
                  ? Tracing.take(subscriber, batch, frame)
                  : subscriber.take(batch, frame)) {
                turn.touched(subscriber.recipient());
              }
              if (subscriber.isWaitedFor()) {
                turn.late.add(subscriber);
              }
            });
      } finally {
        frame.release();
      }
    }

    private void forEach(Consumer<Subscriber> step) {
      for (int i = size - 1; i >= 0; i--) {
        Subscriber subscriber = i < size ? subscribers[i] : null;
        if (subscriber != null) {
          try {
            step.accept(subscriber);
          } catch (RuntimeException e) {
            LOG.error("a delivery to one connection failed", e);
            closeAfterFailure(subscriber);
          }
        }
      }
    }
  }
}
