package io.carillon.core.hub;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Lane;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's index: which lanes have subscribers of a channel. Thread-safe; an entry is guarded by
 * the map. The node has joined exactly the channels that have an entry.
 */
public final class Hub implements ChannelLog.Listener, PresenceStore.Listener {
  private final ChannelLog log;
  private final ConcurrentHashMap<ChannelId, LaneHub[]> lanesOf = new ConcurrentHashMap<>();

  public Hub(ChannelLog log) {
    this.log = log;
  }

  /** The part of the hub for a lane; made once for each lane. */
  public LaneHub onLane(Lane lane) {
    return new LaneHub(this, lane);
  }

  @Override
  public void published(Publication publication) {
    deliver(new Delivery.Published(publication));
  }

  @Override
  public void changed(PresenceChange change) {
    deliver(new Delivery.PresenceChanged(change));
  }

  /** Hands the delivery to every lane with subscribers of its channel; never blocks. */
  public void deliver(Delivery delivery) {
    LaneHub[] lanes = lanesOf.get(delivery.channel());
    if (lanes != null) {
      for (LaneHub lane : lanes) {
        lane.accept(delivery);
      }
    }
  }

  /**
   * The lane is in the index before the log is asked, for what is published right behind the head
   * must find it there.
   */
  CompletionStage<Head> join(ChannelId channel, LaneHub lane) {
    lanesOf.compute(channel, (id, lanes) -> with(lanes, lane));
    return log.join(channel);
  }

  /** For a lane that is in the index; the first join may still be under way, so this joins too. */
  CompletionStage<Head> joinAgain(ChannelId channel) {
    return log.join(channel);
  }

  /**
   * The last lane leaves the log inside the map's entry: a lane that comes at the same time joins
   * after that.
   */
  void leave(ChannelId channel, LaneHub lane) {
    lanesOf.computeIfPresent(channel, (id, lanes) -> without(id, lanes, lane));
  }

  private static LaneHub[] with(LaneHub @Nullable [] lanes, LaneHub lane) {
    LaneHub[] more = lanes == null ? new LaneHub[1] : Arrays.copyOf(lanes, lanes.length + 1);
    more[more.length - 1] = lane;
    return more;
  }

  private LaneHub @Nullable [] without(ChannelId channel, LaneHub[] lanes, LaneHub lane) {
    LaneHub[] fewer = Arrays.stream(lanes).filter(other -> other != lane).toArray(LaneHub[]::new);
    if (fewer.length > 0) {
      return fewer;
    }
    log.leave(channel);
    return null;
  }
}
