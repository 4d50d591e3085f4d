package io.carillon.core.session;

import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import java.util.List;

/** What one connection alone is told; each protocol says it in its own words. Immutable. */
public sealed interface ServerEvent {
  /** The connection belongs to this user from now on. */
  record SignedIn(User user) implements ServerEvent {}

  /** Who of the watchlist is online just after signing in. */
  record WatchedOnline(List<String> userIds) implements ServerEvent {
    public WatchedOnline {
      userIds = List.copyOf(userIds);
    }
  }

  /**
   * The connection's token ends soon.
   *
   * @param inMillis how soon
   */
  record RenewalDue(long inMillis) implements ServerEvent {}

  /** A subscription was ended by the server, because the connection may not have it any more. */
  record SubscriptionEnded(ChannelName channel, Problem problem) implements ServerEvent {}

  /** A membership was ended by the server, because the connection may not have it any more. */
  record MembershipEnded(ChannelName channel, Problem problem) implements ServerEvent {}

  /** Something that the connection asked for was refused; the connection stays. */
  record Failed(Problem problem) implements ServerEvent {}
}
