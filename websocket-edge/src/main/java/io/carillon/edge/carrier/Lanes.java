package io.carillon.edge.carrier;

import io.carillon.core.Node;
import io.carillon.core.session.SessionLane;
import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;

/** The session lane of each event loop, made when the first connection comes. Thread-safe. */
public final class Lanes {
  private final Node node;
  private final ConcurrentHashMap<EventLoop, SessionLane> lanes = new ConcurrentHashMap<>();

  public Lanes(Node node) {
    this.node = node;
  }

  public Node node() {
    return node;
  }

  public SessionLane of(EventLoop loop) {
    SessionLane lane = lanes.get(loop);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(loop, key -> node.onLane(new NettyLane(key)));
  }
}
