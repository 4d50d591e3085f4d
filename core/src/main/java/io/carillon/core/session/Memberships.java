package io.carillon.core.session;

import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.EnterOutcome;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.engine.Roster;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Limit;
import io.carillon.core.model.Member;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.session.ServerEvent.MembershipEnded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one session has entered by itself, whatever it has subscribed to; confined to its lane.
 * Each membership outlives a lost connection by the grace, so that a session that comes back in
 * time was never away.
 */
public final class Memberships {
  private final SessionContext context;
  private final SessionLane home;
  private final Session session;

  /** By channel, under which key. */
  private final Map<ChannelName, String> all = new HashMap<>(2);

  Memberships(SessionContext context, SessionLane home, Session session) {
    this.context = context;
    this.home = home;
    this.session = session;
  }

  /**
   * Enters a channel's presence, or changes the data with which the session is present.
   *
   * @param data one JSON value, or null for none
   * @param answer is told once, on the lane; never after the session has ended
   */
  public void enter(ChannelName name, @Nullable Payload data, Consumer<MembershipOutcome> answer) {
    home.lane().assertCurrent();
    if (!session.isOpen()) {
      return;
    }
    Problem refusal = refusal(name, data);
    if (refusal != null) {
      answer.accept(new MembershipOutcome.Refused(refusal));
      return;
    }
    PresenceEntry entry = entryWith(data);
    all.put(name, entry.key());
    presence()
        .enter(
            id(name),
            entry,
            new Hold(session.id(), context.setting().presenceGrace()),
            session.app().settings().limits().presenceMembers())
        .whenComplete((outcome, failure) -> home.lane().run(() -> answered(name, outcome, answer)));
  }

  private PresenceEntry entryWith(@Nullable Payload data) {
    String clientId = session.rights().clientId();
    String key = session.memberKey();
    return new PresenceEntry(
        key, new Member(clientId == null ? key : clientId, data == null ? null : data.asText()));
  }

  private @Nullable Problem refusal(ChannelName name, @Nullable Payload data) {
    Problem refusal = session.refusal(Operation.PRESENCE, name);
    if (refusal != null) {
      return refusal;
    }
    long most = session.app().settings().limits().of(Limit.PRESENCE_DATA_BYTES);
    if (data != null && data.size() > most) {
      return Problem.of(
          ErrorCode.MEMBER_INVALID,
          "data of " + data.size() + " bytes (expected: up to " + most + ")");
    }
    if (all.containsKey(name)) {
      return session.eventRefusal();
    }
    int limit = session.app().settings().limits().channelsPerConnection();
    return all.size() < limit ? null : Problem.of(ErrorCode.CHANNEL_QUOTA, String.valueOf(limit));
  }

  private void answered(
      ChannelName name, @Nullable EnterOutcome outcome, Consumer<MembershipOutcome> answer) {
    if (session.isOpen()) {
      answer.accept(outcomeOf(name, outcome));
    }
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
  public void leave(ChannelName name) {
    home.lane().assertCurrent();
    String key = all.remove(name);
    if (key != null) {
      presence().leave(id(name), key, session.id());
    }
  }

  /**
   * Who is present; the protocol has found that the connection may know.
   *
   * @return completes on any thread; fails when presence cannot be reached
   */
  public CompletionStage<Roster> roster(ChannelName name) {
    return presence().roster(id(name));
  }

  /** Why the connection may not ask who is present, or ask again already; or null. */
  public @Nullable Problem whoRefusal(ChannelName name) {
    Problem refusal = session.refusal(Operation.PRESENCE, name);
    return refusal == null ? session.eventRefusal() : refusal;
  }

  /** Leaves where the session may not be present any more, and says so. */
  void endWhatIsRefused() {
    for (ChannelName name : List.copyOf(all.keySet())) {
      Problem refusal = session.refusal(Operation.PRESENCE, name);
      if (refusal != null) {
        leave(name);
        session.tell(new MembershipEnded(name, refusal));
      }
    }
  }

  /** The client is done: it leaves everywhere at once. */
  void leaveAll() {
    List.copyOf(all.keySet()).forEach(this::leave);
  }

  /** The connection is gone: the session may come back on another one. */
  void lostAll() {
    all.forEach((name, key) -> presence().lost(id(name), key, session.id()));
    all.clear();
  }

  private ChannelId id(ChannelName name) {
    return ChannelId.of(session.app().id(), name);
  }

  private PresenceStore presence() {
    return context.ports().presence();
  }
}
