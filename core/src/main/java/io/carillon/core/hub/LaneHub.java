package io.carillon.core.hub;

import io.carillon.core.engine.Head;
import io.carillon.core.model.ChannelId;
import io.carillon.core.runtime.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscribers whose connections live on one lane. Its state is confined to the lane, except the
 * inbox, which any thread fills and the lane empties once a turn.
 */
public final class LaneHub {
  private static final Logger LOG = LoggerFactory.getLogger(LaneHub.class);

  private final Hub hub;
  private final Lane lane;
  private final Map<ChannelId, LaneChannel> channels = new HashMap<>();
  private final List<LaneChannel> due = new ArrayList<>();
  private final List<Recipient> touched = new ArrayList<>();

  private final Object inboxLock = new Object();
  private List<Delivery> inbox = new ArrayList<>();
  private List<Delivery> spare = new ArrayList<>();
  private boolean scheduled;

  LaneHub(Hub hub, Lane lane) {
    this.hub = hub;
    this.lane = lane;
  }

  public Lane lane() {
    return lane;
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
    LaneChannel made = new LaneChannel();
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
    synchronized (inboxLock) {
      inbox.add(delivery);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    lane.execute(this::drain);
  }

  private void drain() {
    List<Delivery> deliveries;
    synchronized (inboxLock) {
      deliveries = inbox;
      inbox = spare;
      spare = deliveries;
      scheduled = false;
    }
    for (Delivery delivery : deliveries) {
      LaneChannel channel = channels.get(delivery.channel());
      if (channel != null && channel.enqueue(delivery)) {
        due.add(channel);
      }
    }
    deliveries.clear();
    for (LaneChannel channel : due) {
      attempt(() -> channel.deliver(touched));
    }
    due.clear();
    for (Recipient recipient : touched) {
      attempt(recipient::endTurn);
    }
    touched.clear();
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
