package io.carillon.core.session;

import io.carillon.core.error.Problem;
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

  /** Something that the connection asked for was refused; the connection stays. */
  record Failed(Problem problem) implements ServerEvent {}
}
