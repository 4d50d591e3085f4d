package io.carillon.edge.protocol.pusher;

import io.carillon.core.engine.Head;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Encoder;
import io.carillon.core.model.ChannelName;
import io.carillon.core.session.Catchup;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.core.session.Resume;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.ServerEvent.Failed;
import io.carillon.core.session.Session;
import io.carillon.core.session.SubscribeCommand;
import io.carillon.core.session.SubscribeOutcome;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.pusher.PusherCommand.ClientEvent;
import io.carillon.edge.protocol.pusher.PusherCommand.Counting;
import io.carillon.edge.protocol.pusher.PusherCommand.Ignored;
import io.carillon.edge.protocol.pusher.PusherCommand.Malformed;
import io.carillon.edge.protocol.pusher.PusherCommand.Missed;
import io.carillon.edge.protocol.pusher.PusherCommand.Ping;
import io.carillon.edge.protocol.pusher.PusherCommand.SignIn;
import io.carillon.edge.protocol.pusher.PusherCommand.Subscribe;
import io.carillon.edge.protocol.pusher.PusherCommand.Unsubscribe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Pusher's clients say and hear. Stateless.
 *
 * <p>One instance for clients that read the reason of a close from its code, and one for those
 * before protocol 6, which want an error event first.
 */
class PusherDialect implements Dialect {
  private static final byte[] PONG =
      "{\"event\":\"pusher:pong\",\"data\":\"{}\"}".getBytes(StandardCharsets.UTF_8);
  private static final String SUBSCRIBE = "subscribe";
  private static final int NORMAL_CLOSE = 1000;
  private static final byte[] NOTHING = {};

  private final Timeouts timeouts;
  private final boolean explainsCloses;

  /** How channels are written whose positions the client counts; null where none are. */
  private final @Nullable CountingDialect counting;

  PusherDialect(Timeouts timeouts, boolean explainsCloses, @Nullable CountingDialect counting) {
    this.timeouts = timeouts;
    this.explainsCloses = explainsCloses;
    this.counting = counting;
  }

  byte[] hello(Session session) {
    int activitySeconds = (int) timeouts.activity().toSeconds();
    return PusherEvents.connectionEstablished(session.id(), activitySeconds);
  }

  @Override
  public Timeouts timeouts() {
    return timeouts;
  }

  @Override
  public Reply receive(Session session, Voice voice, byte[] message) {
    return switch (PusherCommands.decode(message)) {
      case Ping ping -> Reply.Send.of(PONG);
      case Ignored ignored -> Reply.SILENCE;
      case Malformed(var problem) -> Reply.Send.of(PusherEvents.error(problem));
      case Subscribe subscribe -> subscribe(session, voice, subscribe);
      case Unsubscribe(var channel) -> unsubscribe(session, channel);
      case ClientEvent event -> publish(session, event);
      case SignIn signIn -> signIn(session, signIn);
      case Missed missed -> missed(session, voice, missed);
    };
  }

  private Reply subscribe(Session session, Voice voice, Subscribe command) {
    String invalid = nameProblem(command.channel());
    if (invalid != null) {
      return refused(session, command, Problem.of(ErrorCode.CHANNEL_NAME_INVALID, invalid));
    }
    ChannelName name = ChannelName.of(command.channel());
    return switch (ChannelSignature.check(session, name, command)) {
      case ChannelSignature.Checked.Good(var grant) -> {
        Encoder format = counting == null ? null : voice.encoder(counting);
        Resume resume = format == null ? null : resumeOf(command.counting());
        SubscribeCommand plain =
            new SubscribeCommand(name, grant, resume == null ? Resume.FROM_NOW : resume);
        session.subscribe(
            format == null || resume == null ? plain : plain.in(format),
            outcome -> answers(session, outcome, resume != null).forEach(voice::say));
        yield Reply.SILENCE;
      }
      case ChannelSignature.Checked.Bad(var problem) -> refused(session, command, problem);
    };
  }

  /** From where on a client that counts goes on; null for one that does not. */
  private static @Nullable Resume resumeOf(Counting counting) {
    return switch (counting) {
      case Counting.No no -> null;
      case Counting.FromNow now -> Resume.FROM_NOW;
      case Counting.Since(var position) -> new Resume.Since(position);
    };
  }

  /** A log that cannot be read is a hole that stays, so the client has to come back. */
  private static Reply missed(Session session, Voice voice, Missed command) {
    ChannelName name =
        ChannelName.problemWith(command.channel()) == null
            ? ChannelName.of(command.channel())
            : null;
    if (name == null || !session.isSubscribed(name)) {
      return Reply.Send.of(
          PusherEvents.error(Problem.of(ErrorCode.NOT_SUBSCRIBED, command.channel())));
    }
    session
        .missed(name, command.since())
        .whenComplete(
            (found, failure) ->
                session
                    .lane()
                    .run(
                        () -> {
                          if (found == null) {
                            session.close(Problem.of(ErrorCode.UNAVAILABLE));
                          } else if (session.isSubscribed(name)) {
                            voice.say(PusherPositions.resumed(name, found.catchup(), found.top()));
                          }
                        }));
    return Reply.SILENCE;
  }

  private Reply refused(Session session, Subscribe command, Problem problem) {
    session.refused(SUBSCRIBE, command.channel(), problem);
    return new Reply.Send(refusal(command.channel(), problem));
  }

  private static List<byte[]> refusal(String channel, Problem problem) {
    return List.of(PusherEvents.subscriptionError(channel, problem), PusherEvents.error(problem));
  }

  private static List<byte[]> answers(Session session, SubscribeOutcome outcome, boolean counts) {
    return switch (outcome) {
      case SubscribeOutcome.Refused(var channel, var problem) -> {
        session.refused(SUBSCRIBE, channel.value(), problem);
        yield refusal(channel.value(), problem);
      }
      case SubscribeOutcome.CalledOff off -> List.of();
      case SubscribeOutcome.Subscribed subscribed -> {
        ChannelName channel = subscribed.channel();
        Catchup catchup = subscribed.catchup();
        List<byte[]> all = new ArrayList<>(3);
        all.add(PusherEvents.subscribed(channel, subscribed.roster()));
        // who goes on has had the kept event, or is given it
        if (channel.kind().isCached() && catchup.verdict() != Catchup.Verdict.RECOVERED) {
          Head.Latest latest = subscribed.head().latest();
          all.add(
              latest == null
                  ? PusherEvents.cacheMiss(channel)
                  : PusherEvents.publication(latest.publication()));
        }
        if (counts) {
          all.add(PusherPositions.resumed(channel, catchup, subscribed.head().top()));
        }
        yield all;
      }
    };
  }

  private static @Nullable String nameProblem(String channel) {
    String problem = ChannelName.problemWith(channel);
    if (problem != null) {
      return problem;
    }
    // namespaces are the native protocol's; Pusher has no colon
    return !channel.startsWith("#") && channel.indexOf(':') >= 0
        ? "\"" + channel + "\" has ':' (expected: letters, digits and _ - = @ , . ;)"
        : null;
  }

  private Reply unsubscribe(Session session, String channel) {
    if (ChannelName.problemWith(channel) == null) {
      session.unsubscribe(ChannelName.of(channel));
    }
    return Reply.SILENCE;
  }

  private Reply publish(Session session, ClientEvent event) {
    String invalid = nameProblem(event.channel());
    if (invalid != null) {
      return Reply.Send.of(PusherEvents.error(Problem.of(ErrorCode.CHANNEL_NAME_INVALID, invalid)));
    }
    session.publish(ChannelName.of(event.channel()), event.name(), event.payload());
    return Reply.SILENCE;
  }

  private Reply signIn(Session session, SignIn command) {
    String text = session.id().socketId() + "::user::" + command.userData();
    SignedAuth auth = SignedAuth.parse(session.app(), command.auth());
    if (auth == null || !auth.signs(text)) {
      Problem problem =
          Problem.of(
              ErrorCode.SIGN_IN_INVALID,
              "Invalid signature: Expected HMAC SHA256 hex digest of "
                  + session.id().socketId()
                  + "::user::<user_data>");
      session.refused("sign in", null, problem);
      return new Reply.Close(problem);
    }
    return switch (UserData.parse(command.userData())) {
      case UserData.Parsed.Good(var user, var watchlistCut) -> {
        session.signIn(user, watchlistCut);
        yield Reply.SILENCE;
      }
      case UserData.Parsed.Bad(var problem) -> new Reply.Close(problem);
    };
  }

  @Override
  public List<byte[]> encode(ServerEvent event) {
    return switch (event) {
      case ServerEvent.SignedIn(var user) -> List.of(PusherEvents.signedIn(user));
      case ServerEvent.WatchedOnline(var ids) -> List.of(PusherEvents.watched("online", ids));
      case ServerEvent.RenewalDue due -> List.of();
      case ServerEvent.SubscriptionEnded(var channel, var problem) ->
          refusal(channel.value(), problem);
      case ServerEvent.MembershipEnded ended -> List.of();
      case Failed(var problem) -> List.of(PusherEvents.error(problem));
    };
  }

  @Override
  public byte[] encodeShared(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Published(var publication) -> PusherEvents.publication(publication);
      case Delivery.Skipped skipped -> NOTHING;
      case Delivery.Missed missed -> NOTHING;
      case Delivery.PresenceChanged(var change) -> PusherEvents.presence(change);
      case Delivery.PresenceDelta delta -> NOTHING;
      case Delivery.PresenceCounted counted -> NOTHING;
      case Delivery.Signalled signalled -> NOTHING;
      case Delivery.Counted(var channel, var subscriptions) ->
          PusherEvents.counted(channel.name(), subscriptions);
    };
  }

  @Override
  public List<byte[]> farewell(Problem problem) {
    return explainsCloses ? List.of(PusherEvents.error(problem)) : List.of();
  }

  @Override
  public int closeCode(Problem problem) {
    Integer code = problem.code().pusherCode();
    return code == null ? NORMAL_CLOSE : code;
  }
}
