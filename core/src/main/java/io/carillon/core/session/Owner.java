package io.carillon.core.session;

import io.carillon.core.hub.Encoder;
import io.carillon.core.model.Member;
import org.jspecify.annotations.Nullable;

/** Whose connection a session is, by signing in or by its token. Confined to the session's lane. */
final class Owner {
  private final SessionContext context;
  private final Session session;
  private @Nullable User user;
  private @Nullable Watchlist watchlist;

  Owner(SessionContext context, Session session) {
    this.context = context;
    this.session = session;
  }

  /** Who signed in, or null. */
  @Nullable User user() {
    return user;
  }

  /** Null for nobody in particular. */
  @Nullable String id() {
    return user == null ? session.rights().actor().clientId() : user.id();
  }

  /** As whom the session is present; what a signature says counts more than who signed in. */
  @Nullable Member memberBy(Grant grant) {
    if (grant instanceof Grant.Signed(var member, var key) && member != null) {
      return member;
    }
    return user == null ? null : new Member(user.id(), user.info());
  }

  /** The session has begun, and its token may say whose it is. */
  void begin() {
    String id = id();
    if (id != null) {
      context.users().add(session.app().id(), id, session);
    }
  }

  /** This user has signed in, and nobody before. */
  void signIn(User newUser, Watchlist watching, Encoder encoder) {
    leave();
    user = newUser;
    watchlist = watching;
    begin();
    watching.appear(session.app().id(), newUser, session.memberKey(), session.id());
    watching.watch(session.app().id(), newUser.watchlist(), session.id(), encoder);
  }

  void end() {
    if (user != null && watchlist != null) {
      watchlist.disappear(session.app().id(), user, session.memberKey(), session.id());
    }
    leave();
  }

  private void leave() {
    String id = id();
    if (id != null) {
      context.users().remove(session.app().id(), id, session);
    }
  }
}
