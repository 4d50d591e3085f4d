package io.carillon.core.hub;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.meter.LaneMeter;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.SlowPolicy;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place in one channel, confined to the connection's lane. It holds what arrives
 * until {@link #goLive} says from where on the connection wants it; from then on it passes it on.
 */
public final class Subscriber {
  /** More than this while joining means that the engine does not answer. */
  static final int HELD_MAX = 1_000;

  private final ChannelId channel;
  private final ConnectionId connection;
  private final Recipient recipient;
  private final Encoder encoder;

  /** What came while joining, or null once live. */
  private @Nullable ArrayDeque<Delivery> held = new ArrayDeque<>(0);

  // up to which position it has been told of publications; an object of its own would be as large
  private long epoch;
  private long offset;

  private long presenceVersion;
  private final PresenceView view;
  private @Nullable LateSignals late;

  /** Where messages wait on channels whose rule lets them give way; null on all others. */
  private @Nullable LateMessages slow;

  private LaneMeter meter = LaneMeter.UNREAD;

  /** Where this subscriber stands in its group; the group keeps it right. */
  int index = -1;

  /** A subscriber that is told of users. */
  public Subscriber(
      ChannelId channel, ConnectionId connection, Recipient recipient, Encoder encoder) {
    this(channel, connection, recipient, encoder, PresenceView.USERS);
  }

  /** A subscriber that is told of presence in this way. */
  public Subscriber(
      ChannelId channel,
      ConnectionId connection,
      Recipient recipient,
      Encoder encoder,
      PresenceView view) {
    this.view = view;
    this.channel = channel;
    this.connection = connection;
    this.recipient = recipient;
    this.encoder = encoder;
  }

  /** What it is handed is counted there; to be called before it is attached. */
  public void countBy(LaneMeter counter) {
    this.meter = counter;
  }

  /** What the channel's rule says of readers that are too slow; on the lane. */
  public void readBy(SlowPolicy policy) {
    if (slow != null) {
      slow.follow(policy);
    } else if (policy != SlowPolicy.DISCONNECT) {
      slow = new LateMessages(channel, policy);
    }
  }

  public ChannelId channel() {
    return channel;
  }

  public PresenceView view() {
    return view;
  }

  Encoder encoder() {
    return encoder;
  }

  Recipient recipient() {
    return recipient;
  }

  public boolean isLive() {
    return held == null;
  }

  /**
   * Passes on what was held and comes after these points, then everything that follows.
   *
   * @param position the log's top that the connection has been told of
   * @param presenceVersion the roster that the connection has been told of
   */
  public void goLive(Position position, long presenceVersion) {
    ArrayDeque<Delivery> waiting = held;
    if (waiting == null) {
      throw new IllegalStateException(channel + " went live twice");
    }
    this.epoch = position.epoch();
    this.offset = position.offset();
    this.presenceVersion = presenceVersion;
    held = null;
    boolean touched = false;
    for (Delivery delivery : waiting) {
      if (wants(delivery)) {
        SharedFrame frame = encoder.encode(List.of(delivery));
        touched |= !frame.isEmpty() && recipient.offer(frame, 0, 1);
        meter.delivered(delivery instanceof Delivery.Published ? 1 : 0, frame.bytes(0, 1));
        frame.release();
      }
    }
    if (touched) {
      recipient.endTurn();
    }
  }

  /**
   * Takes its part of a batch.
   *
   * @return whether the recipient was touched for the first time in this turn
   */
  boolean take(Batch batch, SharedFrame frame) {
    if (held != null) {
      hold(batch);
      return false;
    }
    LateMessages waiting = slow;
    if (waiting != null && waiting.takes(recipient)) {
      return takeLate(waiting, batch, frame);
    }
    if (batch.isForEveryone(view, presenceVersion) && isNew(batch.firstPosition())) {
      meter.delivered(batch.publications(), frame.bytes(0, batch.size()));
      return recipient.offer(frame, 0, batch.size());
    }
    return takeWanted(batch, frame);
  }

  /** Messages wait for their reader; everything else goes on as it came. */
  private boolean takeLate(LateMessages waiting, Batch batch, SharedFrame frame) {
    boolean touched = false;
    for (int i = 0; i < batch.size(); i++) {
      Delivery delivery = batch.get(i);
      if (!wants(delivery)) {
        continue;
      }
      if (delivery instanceof Delivery.Published(var publication)) {
        waiting.keep(publication);
      } else {
        touched |= offer(batch, frame, i, i + 1);
      }
    }
    return touched;
  }

  /** Offers the runs of deliveries that this subscriber wants. */
  private boolean takeWanted(Batch batch, SharedFrame frame) {
    boolean touched = false;
    int from = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (!wants(batch.get(i))) {
        if (i > from) {
          touched |= offer(batch, frame, from, i);
        }
        from = i + 1;
      }
    }
    if (batch.size() > from) {
      touched |= offer(batch, frame, from, batch.size());
    }
    return touched;
  }

  private boolean offer(Batch batch, SharedFrame frame, int from, int to) {
    meter.delivered(batch.publications(from, to), frame.bytes(from, to));
    return recipient.offer(frame, from, to);
  }

  private boolean isNew(@Nullable Position position) {
    return position == null
        || (position.epoch() == epoch ? position.offset() > offset : position.epoch() > epoch);
  }

  /** Whether it was told of the position before it went live. */
  boolean knows(Position position) {
    return !isNew(position);
  }

  boolean wants(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Published(var publication) -> {
        Origin origin = publication.message().origin();
        boolean own = encoder.mayLeaveOut() && connection.equals(origin.excluded());
        yield isNew(publication.position()) && !own;
      }
      case Delivery.Skipped(var channel, var upTo) -> isNew(upTo);
      case Delivery.Missed missed -> isNew(missed.to());
      case Delivery.PresenceChanged(var change) ->
          view == PresenceView.USERS
              && change.kind().isOfUser()
              && change.version() > presenceVersion;
      case Delivery.PresenceDelta delta ->
          view == PresenceView.CHANGES && delta.version() > presenceVersion;
      case Delivery.PresenceCounted counted ->
          view == PresenceView.COUNT && counted.version() > presenceVersion;
      case Delivery.Signalled signalled -> wants(signalled);
      case Delivery.Counted counted -> true;
    };
  }

  /** Signals give way to everything else: they never wait in front of a message. */
  private boolean wants(Delivery.Signalled signalled) {
    if (connection.equals(signalled.signal().sender().connection())) {
      return false;
    }
    if (!recipient.isBehind()) {
      return true;
    }
    if (late == null) {
      late = new LateSignals();
    }
    late.keep(signalled);
    return false;
  }

  /** Whether messages or signals wait until the recipient has caught up. */
  boolean isWaitedFor() {
    return (late != null && !late.isEmpty()) || (slow != null && !slow.isEmpty());
  }

  /**
   * Passes on what waits, if the recipient takes it now: messages first.
   *
   * @return whether the recipient was touched for the first time in this turn
   */
  boolean passWhatWaits() {
    boolean touched = false;
    if (slow != null && !slow.isEmpty() && !recipient.isBehind()) {
      touched = pass(slow.takeAll());
    }
    if (late != null && !late.isEmpty() && !recipient.isBehind()) {
      touched |= pass(late.takeAll());
    }
    return touched;
  }

  private boolean pass(List<Delivery> all) {
    SharedFrame frame = encoder.encode(all);
    boolean touched = !frame.isEmpty() && recipient.offer(frame, 0, all.size());
    int publications = (int) all.stream().filter(Delivery.Published.class::isInstance).count();
    meter.delivered(publications, frame.bytes(0, all.size()));
    frame.release();
    return touched;
  }

  /** Traced messages that gave way for this reader since the last time. */
  List<Publication> takeTraces() {
    return slow == null ? List.of() : slow.takeTraces();
  }

  /** Counts messages that gave way for this reader since the last time. */
  void countLate(NodeCounters counters) {
    if (slow != null) {
      slow.countInto(counters);
    }
  }

  /** Whether what is offered now waits. */
  boolean isBehind() {
    return (slow != null && slow.takes(recipient)) || recipient.isBehind();
  }

  private void hold(Batch batch) {
    ArrayDeque<Delivery> waiting = held;
    if (waiting == null) {
      return;
    }
    if (waiting.size() + batch.size() > HELD_MAX) {
      waiting.clear();
      recipient.close(Problem.of(ErrorCode.UNAVAILABLE, "subscribing to " + channel.name()));
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      if (!(batch.get(i) instanceof Delivery.Signalled)) {
        waiting.addLast(batch.get(i));
      }
    }
  }
}
