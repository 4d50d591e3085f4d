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
          // most users have one session, which is not worth a table
          if (present == null) {
            return Set.of(session);
          }
          Set<Session> all = present.size() == 1 ? withRoom(present) : present;
          all.add(session);
          return all;
        });
  }

  private static Set<Session> withRoom(Set<Session> sessions) {
    Set<Session> all = ConcurrentHashMap.newKeySet();
    all.addAll(sessions);
    return all;
  }

  void remove(AppId app, String userId, Session session) {
    sessions.computeIfPresent(
        new Key(app, userId),
        (key, all) -> {
          if (all.size() == 1) {
            return all.contains(session) ? null : all;
          }
          all.remove(session);
          return all;
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
