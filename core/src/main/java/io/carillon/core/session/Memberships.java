package io.carillon.core.session;

import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.EnterOutcome;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one session has entered by itself, whatever it has subscribed to; confined to its lane.
 * Each membership outlives a lost connection by the grace, so that a session that comes back in
 * time was never away.
 */
final class Memberships {
  private final SessionContext context;
  private final SessionLane home;
  private final AppId app;
  private final ConnectionId connection;

  /** By channel, under which key. */
  private final Map<ChannelName, String> all = new HashMap<>(2);

  Memberships(SessionContext context, SessionLane home, AppId app, ConnectionId connection) {
    this.context = context;
    this.home = home;
    this.app = app;
    this.connection = connection;
  }

  boolean has(ChannelName name) {
    return all.containsKey(name);
  }

  int size() {
    return all.size();
  }

  List<ChannelName> names() {
    return List.copyOf(all.keySet());
  }

  /**
   * Enters, or changes what the session is present with.
   *
   * @param answer is told once, on the lane
   */
  void enter(
      ChannelName name, PresenceEntry entry, int usersMax, Consumer<MembershipOutcome> answer) {
    all.put(name, entry.key());
    presence()
        .enter(
            ChannelId.of(app, name),
            entry,
            new Hold(connection, context.setting().presenceGrace()),
            usersMax)
        .whenComplete(
            (outcome, failure) -> home.lane().run(() -> answer.accept(outcomeOf(name, outcome))));
  }

  /** One that could not be asked for may be there all the same, and is left later. */
  private MembershipOutcome outcomeOf(ChannelName name, @Nullable EnterOutcome outcome) {
    return switch (outcome) {
      case null ->
          new MembershipOutcome.Refused(
              Problem.of(ErrorCode.UNAVAILABLE, "presence cannot be reached"));
      case EnterOutcome.Full(int users) -> {
        all.remove(name);
        yield new MembershipOutcome.Refused(
            Problem.of(ErrorCode.PRESENCE_FULL, String.valueOf(users)));
      }
      case EnterOutcome.Entered entered -> new MembershipOutcome.Entered();
    };
  }

  /** Leaves at once; nothing when the session has not entered. */
  void leave(ChannelName name) {
    String key = all.remove(name);
    if (key != null) {
      presence().leave(ChannelId.of(app, name), key, connection);
    }
  }

  /** The client is done: it leaves everywhere at once. */
  void leaveAll() {
    names().forEach(this::leave);
  }

  /** The connection is gone: the session may come back on another one. */
  void lostAll() {
    all.forEach((name, key) -> presence().lost(ChannelId.of(app, name), key, connection));
    all.clear();
  }

  private PresenceStore presence() {
    return context.ports().presence();
  }
}
