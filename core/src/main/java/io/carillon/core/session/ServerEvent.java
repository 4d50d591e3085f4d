package io.carillon.core.session;

import io.carillon.core.engine.Roster;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one connection alone is told; each protocol says it in its own words. Immutable. */
public sealed interface ServerEvent {
  /**
   * The connection gets everything after the position from now on.
   *
   * @param roster who is present, on presence channels only
   */
  record Subscribed(ChannelName channel, Position position, @Nullable Roster roster)
      implements ServerEvent {}

  /** The latest message that a cache channel kept. */
  record Cached(Publication publication) implements ServerEvent {}

  /** A cache channel has no kept message. */
  record CacheMissed(ChannelName channel) implements ServerEvent {}

  /** The connection is not subscribed to the channel. */
  record SubscriptionRefused(String channel, Problem problem) implements ServerEvent {}

  /** The connection belongs to this user from now on. */
  record SignedIn(User user) implements ServerEvent {}

  /** Who of the watchlist is online just after signing in. */
  record WatchedOnline(List<String> userIds) implements ServerEvent {
    public WatchedOnline {
      userIds = List.copyOf(userIds);
    }
  }

  /** Something that the connection asked for was refused; the connection stays. */
  record Failed(Problem problem) implements ServerEvent {}
}
