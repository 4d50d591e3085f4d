package io.carillon.core.hub;

import io.carillon.core.engine.Head;
import io.carillon.core.engine.TraceFate;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Lane;
import io.carillon.core.trace.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscribers whose connections live on one lane. Its state is confined to the lane, except the
 * inbox, which any thread fills and the lane empties once a turn.
 */
public final class LaneHub {
  private static final Logger LOG = LoggerFactory.getLogger(LaneHub.class);

  /** What may wait for one lane; beyond it publishers are faster than the lane can deliver. */
  static final long INBOX_BYTES_MAX = 64L << 20;

  /** Beyond it there is no room for signals any more. */
  static final long SIGNAL_BYTES_MAX = INBOX_BYTES_MAX / 4;

  private static final int OVERRUN_TRACES_MAX = 100;

  /** What a delivery costs beside its payload, roughly. */
  private static final int DELIVERY_BYTES = 100;

  /** How long what waits does so before it is seen whether its reader has caught up. */
  static final Duration LATE_INTERVAL = Duration.ofMillis(100);

  private final Hub hub;
  private final Lane lane;
  private final Map<ChannelId, LaneChannel> channels = new HashMap<>();
  private final List<LaneChannel> due = new ArrayList<>();
  private final Turn turn = new Turn();
  private final Consumer<LaneChannel> deliverSoon = this::deliverSoon;
  private boolean lateScheduled;

  private final Object inboxLock = new Object();
  private List<Delivery> inbox = new ArrayList<>();
  private List<Delivery> spare = new ArrayList<>();
  private long inboxBytes;

  /** Channels of which something did not fit. */
  private final Set<ChannelId> overrun = new HashSet<>();

  /** Traced publications that did not fit; a part of them is enough. */
  private final List<Publication> overrunTraces = new ArrayList<>(0);

  private boolean scheduled;

  LaneHub(Hub hub, Lane lane) {
    this.hub = hub;
    this.lane = lane;
  }

  public Lane lane() {
    return lane;
  }

  /** An equal id, which all subscribers of the channel on this lane share when there are any. */
  public ChannelId shared(ChannelId id) {
    LaneChannel channel = channels.get(id);
    return channel == null ? id : channel.id();
  }

  /**
   * From now on the subscriber is offered what happens on its channel; it holds it until it goes
   * live.
   *
   * @return the head of the channel's log, with nothing missing between it and the first offer
   */
  public CompletionStage<Head> attach(Subscriber subscriber) {
    lane.assertCurrent();
    ChannelId id = subscriber.channel();
    LaneChannel channel = channels.get(id);
    if (channel != null) {
      channel.add(subscriber);
      return hub.joinAgain(id);
    }
    LaneChannel made = new LaneChannel(id, lane, hub.traces(), deliverSoon);
    made.add(subscriber);
    channels.put(id, made);
    return hub.join(id, this);
  }

  /** The subscriber is offered nothing any more; nothing when it was not attached. */
  public void detach(Subscriber subscriber) {
    lane.assertCurrent();
    LaneChannel channel = channels.get(subscriber.channel());
    if (channel == null) {
      return;
    }
    channel.remove(subscriber);
    if (channel.isEmpty()) {
      channels.remove(subscriber.channel());
      hub.leave(subscriber.channel(), this);
    }
  }

  /** Takes a delivery from any thread. */
  void accept(Delivery delivery) {
    int bytes = costOf(delivery);
    synchronized (inboxLock) {
      if (delivery instanceof Delivery.Signalled && inboxBytes + bytes > SIGNAL_BYTES_MAX) {
        return; // whoever misses a signal has missed it
      }
      if (inboxBytes + bytes <= INBOX_BYTES_MAX) {
        inbox.add(delivery);
        inboxBytes += bytes;
      } else {
        overrun(delivery);
      }
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    lane.execute(this::drain);
  }

  private void overrun(Delivery delivery) {
    overrun.add(delivery.channel());
    if (delivery instanceof Delivery.Published(var publication)
        && publication.message().isTraced()
        && overrunTraces.size() < OVERRUN_TRACES_MAX) {
      overrunTraces.add(publication);
    }
  }

  private static int costOf(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Published(var publication) ->
          DELIVERY_BYTES + publication.message().payload().size();
      case Delivery.Signalled(var signal) -> DELIVERY_BYTES + signal.payload().size();
      default -> DELIVERY_BYTES;
    };
  }

  private void drain() {
    List<Delivery> deliveries;
    List<ChannelId> missed;
    List<Publication> traces;
    synchronized (inboxLock) {
      deliveries = inbox;
      inbox = spare;
      spare = deliveries;
      missed = overrun.isEmpty() ? List.of() : List.copyOf(overrun);
      overrun.clear();
      traces = overrunTraces.isEmpty() ? List.of() : List.copyOf(overrunTraces);
      overrunTraces.clear();
      inboxBytes = 0;
      scheduled = false;
    }
    for (Delivery delivery : deliveries) {
      LaneChannel channel = channels.get(delivery.channel());
      if (channel != null && channel.enqueue(delivery)) {
        due.add(channel);
      }
    }
    deliveries.clear();
    traces.forEach(this::noteOverrun);
    missed.forEach(this::closeAll);
    deliverDue();
  }

  private void deliverDue() {
    turn.oneChannel = due.size() == 1;
    for (LaneChannel channel : due) {
      attempt(() -> channel.deliver(turn));
    }
    due.clear();
    endTurn();
  }

  private void endTurn() {
    for (Recipient recipient : turn.touched) {
      attempt(recipient::endTurn);
    }
    turn.touched.clear();
    if (!lateScheduled && !turn.late.isEmpty()) {
      lateScheduled = true;
      lane.schedule(this::passWhatWaits, LATE_INTERVAL);
    }
  }

  private void deliverSoon(LaneChannel channel) {
    due.add(channel);
    deliverDue();
  }

  private void passWhatWaits() {
    lateScheduled = false;
    List<Subscriber> waiting = List.copyOf(turn.late);
    turn.late.clear();
    for (Subscriber subscriber : waiting) {
      if (subscriber.index < 0) {
        continue; // it left
      }
      attempt(
          () -> {
            if (subscriber.passWhatWaits()) {
              turn.touched.add(subscriber.recipient());
            }
            subscriber.countLate(hub.counters());
          });
      subscriber.takeTraces().forEach(traced -> note(traced, TraceFate.CONFLATED, 1));
      if (subscriber.isWaitedFor()) {
        turn.late.add(subscriber);
      }
    }
    endTurn();
  }

  private void noteOverrun(Publication traced) {
    LaneChannel channel = channels.get(traced.channel());
    if (channel != null) {
      note(traced, TraceFate.OVERRUN, channel.size());
    }
  }

  private void note(Publication traced, TraceFate fate, int subscriptions) {
    Tally tally = new Tally(traced);
    tally.count(fate, subscriptions);
    hub.traces().handed(tally);
  }

  /** Whoever misses something is closed, for a hole must not be silent. */
  private void closeAll(ChannelId missed) {
    LaneChannel channel = channels.get(missed);
    if (channel != null) {
      LOG.warn("lane {} cannot keep up: closing the subscribers of {}", lane, missed);
      hub.counters().overrun();
      attempt(() -> channel.closeAll(Problem.of(ErrorCode.OVERRUN)));
    }
  }

  /** One channel's or connection's trouble must not become that of the others in the turn. */
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("a step of lane {} failed", lane, e);
    }
  }
}
