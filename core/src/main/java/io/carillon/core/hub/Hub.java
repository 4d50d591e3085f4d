package io.carillon.core.hub;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Lane;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
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

  CompletionStage<Head> head(ChannelId channel) {
    return log.head(channel);
  }

  /** Joining and leaving the log happens inside the map's entry, so that the last word is right. */
  CompletionStage<Head> join(ChannelId channel, LaneHub lane) {
    CompletableFuture<CompletionStage<Head>> head = new CompletableFuture<>();
    lanesOf.compute(
        channel,
        (id, lanes) -> {
          LaneHub[] more = lanes == null ? new LaneHub[1] : Arrays.copyOf(lanes, lanes.length + 1);
          more[more.length - 1] = lane;
          head.complete(log.join(channel));
          return more;
        });
    return head.thenCompose(stage -> stage);
  }

  void leave(ChannelId channel, LaneHub lane) {
    lanesOf.computeIfPresent(channel, (id, lanes) -> without(id, lanes, lane));
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
