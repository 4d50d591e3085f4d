package io.carillon.core.session;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of this node's sessions are whose, by signing in or by their token. Thread-safe; a user's
 * sessions are guarded by the user's entry.
 */
public final class SignedInUsers {
  private record Key(AppId app, String userId) {}

  private final ConcurrentHashMap<Key, Set<Session>> sessions = new ConcurrentHashMap<>();

  void add(AppId app, String userId, Session session) {
    sessions.compute(
        new Key(app, userId),
        (key, present) -> {
          Set<Session> all = present == null ? ConcurrentHashMap.newKeySet(1) : present;
          all.add(session);
          return all;
        });
  }

  void remove(AppId app, String userId, Session session) {
    sessions.computeIfPresent(
        new Key(app, userId),
        (key, all) -> {
          all.remove(session);
          return all.isEmpty() ? null : all;
        });
  }

  /** Closes every connection of this node that is the user's. */
  public void terminate(AppId app, String userId) {
    for (Session session : sessions.getOrDefault(new Key(app, userId), Set.of())) {
      session
          .lane()
          .run(
              () ->
                  session.close(
                      Problem.of(
                          ErrorCode.UNAUTHORIZED, "the connections of this user were terminated")));
    }
  }
}
