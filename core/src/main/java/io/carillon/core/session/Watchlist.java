package io.carillon.core.session;

import io.carillon.core.engine.Ports;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore.Hold;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
  private final List<Watched> watching = new ArrayList<>();
  private CompletionStage<?> appearing = CompletableFuture.completedFuture(null);
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
  void appear(AppId app, User user, String memberKey, ConnectionId connection) {
    appearing =
        ports
            .presence()
            .enter(
                channelOf(app, user.id()),
                new PresenceEntry(memberKey, new Member(user.id(), null)),
                new Hold(connection, Duration.ZERO),
                Integer.MAX_VALUE);
  }

  void disappear(AppId app, User user, String memberKey, ConnectionId connection) {
    ended = true;
    watching.forEach(watched -> hub.detach(watched.subscriber));
    // a leave that overtook its own enter would leave a ghost
    appearing.whenComplete(
        (entered, failure) ->
            ports.presence().leave(channelOf(app, user.id()), memberKey, connection));
  }

  /**
   * Tells at first who of the users is online, then of every change. Changes wait until the last
   * user's roster is known, because what is told first must not be the newer.
   */
  void watch(AppId app, List<String> userIds, ConnectionId connection, Encoder encoder) {
    Set<String> distinct = new LinkedHashSet<>(userIds);
    // nobody can be signed in under an id that is none
    distinct.removeIf(userId -> ChannelName.problemWith(PREFIX + userId) != null);
    unanswered = distinct.size();
    for (String userId : distinct) {
      ChannelId channel = channelOf(app, userId);
      Watched watched = new Watched(userId, new Subscriber(channel, connection, outlet, encoder));
      watching.add(watched);
      hub.attach(watched.subscriber)
          .thenCompose(head -> ports.presence().roster(channel))
          .whenComplete((roster, failure) -> hub.lane().run(() -> answered(watched, roster)));
    }
  }

  private void answered(Watched watched, @Nullable Roster roster) {
    if (ended) {
      return;
    }
    watched.roster = roster;
    if (roster == null) {
      hub.detach(watched.subscriber);
    }
    if (--unanswered == 0) {
      goLive();
    }
  }

  private void goLive() {
    List<String> online = new ArrayList<>();
    for (Watched watched : watching) {
      if (watched.roster != null && !watched.roster.entries().isEmpty()) {
        online.add(watched.userId);
      }
    }
    if (!online.isEmpty()) {
      outlet.send(new ServerEvent.WatchedOnline(online));
      outlet.endTurn();
    }
    for (Watched watched : watching) {
      if (watched.roster != null) {
        watched.subscriber.goLive(new Position(0, 0), watched.roster.version());
      }
    }
  }

  /** One user of the list. */
  private static final class Watched {
    final String userId;
    final Subscriber subscriber;
    @Nullable Roster roster;

    Watched(String userId, Subscriber subscriber) {
      this.userId = userId;
      this.subscriber = subscriber;
    }
  }
}
