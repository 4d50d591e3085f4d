package io.carillon.edge.protocol.carillon;

import io.carillon.core.engine.Roster;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.ChannelName;
import io.carillon.core.session.MembershipOutcome;
import io.carillon.core.session.Session;
import io.carillon.core.session.Signals;
import io.carillon.core.session.SubscribeOutcome;
import io.carillon.edge.protocol.Dialect.Voice;
import io.carillon.edge.protocol.carillon.ClientFrame.Enter;
import io.carillon.edge.protocol.carillon.ClientFrame.Eph;
import io.carillon.edge.protocol.carillon.ClientFrame.Leave;
import io.carillon.edge.protocol.carillon.ClientFrame.Sub;
import io.carillon.edge.protocol.carillon.ClientFrame.Who;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Presence and signals, as far as clients ask for them (clauses 9 to 11). Immutable. */
final class Attending {
  /** A large snapshot goes out in parts, so that it does not fill what may wait for a client. */
  private static final int PART_BYTES = 128 * 1024;

  private static final Duration PART_INTERVAL = Duration.ofMillis(50);

  private final CarillonDialect dialect;
  private final PresenceFrames frames;

  Attending(CarillonDialect dialect) {
    this.dialect = dialect;
    this.frames = new PresenceFrames(dialect.frames().format());
  }

  PresenceFrames frames() {
    return frames;
  }

  /** 9.2. */
  void enter(Session session, Voice voice, Enter enter) {
    ChannelName name = dialect.nameOf(session, voice, enter, enter.channel());
    if (name != null) {
      session
          .memberships()
          .enter(
              name,
              enter.data(),
              outcome -> {
                switch (outcome) {
                  case MembershipOutcome.Entered entered ->
                      voice.say(dialect.frames().ok(enter.i()));
                  case MembershipOutcome.Refused(var problem) ->
                      dialect.refuse(session, voice, enter, enter.channel(), problem);
                }
              });
    }
  }

  /** 9.3: beside a subscription, whose reply says nothing of it. */
  void enter(Session session, Voice voice, Sub sub, ChannelName name) {
    if (sub.attendance().enter() != null) {
      session
          .memberships()
          .enter(
              name,
              sub.attendance().enter(),
              outcome -> {
                if (outcome instanceof MembershipOutcome.Refused(var problem)) {
                  session.refused("presence", sub.channel(), problem);
                  voice.say(dialect.frames().membershipError(sub.channel(), problem));
                }
              });
    }
  }

  /** 9.2. */
  void leave(Session session, Voice voice, Leave leave) {
    ChannelName name = dialect.nameOf(session, voice, leave, leave.channel());
    if (name != null) {
      session.memberships().leave(name);
      voice.say(dialect.frames().ok(leave.i()));
    }
  }

  /** 9.6. */
  void who(Session session, Voice voice, Who who) {
    ChannelName name = dialect.nameOf(session, voice, who, who.channel());
    if (name == null) {
      return;
    }
    Problem refusal = session.memberships().whoRefusal(name);
    if (refusal != null) {
      dialect.refuse(session, voice, who, who.channel(), refusal);
      return;
    }
    session
        .memberships()
        .roster(name)
        .whenComplete(
            (roster, failure) ->
                session.lane().run(() -> answer(session, voice, who, name, roster)));
  }

  private void answer(
      Session session, Voice voice, Who who, ChannelName name, @Nullable Roster roster) {
    if (roster == null) {
      dialect.refuse(session, voice, who, who.channel(), Problem.of(ErrorCode.UNAVAILABLE));
    } else {
      voice.say(dialect.frames().who(who.i(), roster));
      saySnapshot(session, voice, name, roster);
    }
  }

  /** 9.7 or 9.10, behind {@code subbed}. */
  void begin(Session session, Voice voice, Sub sub, SubscribeOutcome.Subscribed subscribed) {
    Roster roster = subscribed.roster();
    if (roster == null) {
      return;
    }
    if (sub.attendance().view() == PresenceView.COUNT) {
      voice.say(frames.count(subscribed.channel(), roster.entries().size()));
    } else {
      saySnapshot(session, voice, subscribed.channel(), roster);
    }
  }

  private void saySnapshot(Session session, Voice voice, ChannelName name, Roster roster) {
    sayPart(session, voice, new ArrayDeque<>(frames.snapshot(name, roster)));
  }

  private static void sayPart(Session session, Voice voice, Queue<byte[]> pages) {
    int said = 0;
    while (session.isOpen() && !pages.isEmpty() && said < PART_BYTES) {
      byte[] page = pages.remove();
      said += page.length;
      voice.say(page);
    }
    if (session.isOpen() && !pages.isEmpty()) {
      session.lane().schedule(() -> sayPart(session, voice, pages), PART_INTERVAL);
    }
  }

  /** 11.1: there is no reply but a refusal, and the first one speaks for the rest. */
  void signal(Session session, Voice voice, Eph eph) {
    ChannelName name = dialect.nameOf(session, voice, eph, eph.channel());
    if (name == null) {
      return;
    }
    for (ClientFrame.Item item : eph.items()) {
      Problem refusal =
          session.signals().send(name, new Signals.Sent(item.name(), item.data(), item.key()));
      if (refusal != null) {
        dialect.refuse(session, voice, eph, eph.channel(), refusal);
        return;
      }
    }
  }
}
