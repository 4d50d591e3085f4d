package io.carillon.core.session;

import io.carillon.core.engine.Ports;
import io.carillon.core.engine.Roster;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.LaneHub;
import io.carillon.core.hub.Subscriber;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import io.carillon.core.model.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Being online is being present on a channel of one's own, and watching somebody is subscribing to
 * theirs; so coming and going is told once, in order, over all nodes, by what presence does anyway.
 * Confined to the session's lane.
 */
final class Watchlist {
  private static final String PREFIX = "#online-";

  private final Ports ports;
  private final LaneHub hub;
  private final Outlet outlet;
  private final List<Subscriber> watching = new ArrayList<>();
  private final List<String> onlineAtFirst = new ArrayList<>();
  private int unanswered;
  private boolean ended;

  Watchlist(Ports ports, LaneHub hub, Outlet outlet) {
    this.ports = ports;
    this.hub = hub;
    this.outlet = outlet;
  }

  /** The channel on which this user's coming and going is told. */
  static ChannelId channelOf(AppId app, String userId) {
    return ChannelId.of(app, ChannelName.of(PREFIX + userId));
  }

  /** The user is online as long as this connection. */
  void appear(AppId app, User user, ConnectionId connection) {
    ports
        .presence()
        .enter(
            channelOf(app, user.id()), new Member(user.id(), null), connection, Integer.MAX_VALUE);
  }

  void disappear(AppId app, User user, ConnectionId connection) {
    ended = true;
    watching.forEach(hub::detach);
    ports.presence().leave(channelOf(app, user.id()), connection);
  }

  /** Tells at first who of the users is online, then of every change. */
  void watch(AppId app, List<String> userIds, ConnectionId connection, Encoder encoder) {
    unanswered = userIds.size();
    for (String userId : userIds) {
      ChannelId channel = channelOf(app, userId);
      Subscriber subscriber = new Subscriber(channel, connection, outlet, encoder);
      watching.add(subscriber);
      hub.attach(subscriber)
          .thenCompose(head -> ports.presence().roster(channel))
          .whenComplete(
              (roster, failure) ->
                  hub.lane()
                      .run(
                          () -> {
                            if (!ended) {
                              answered(userId, subscriber, roster);
                            }
                          }));
    }
  }

  private void answered(String userId, Subscriber subscriber, Roster roster) {
    unanswered--;
    if (roster != null) {
      if (!roster.members().isEmpty()) {
        onlineAtFirst.add(userId);
      }
    }
    if (unanswered == 0 && !onlineAtFirst.isEmpty()) {
      outlet.send(new ServerEvent.WatchedOnline(List.copyOf(onlineAtFirst)));
      outlet.endTurn();
    }
    if (roster != null) {
      subscriber.goLive(new Position(0, 0), roster.version());
    }
  }
}
