package io.carillon.edge.protocol.carillon;

import io.carillon.core.auth.Tickets;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.hub.Delivery;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Position;
import io.carillon.core.session.Grant;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.core.session.Resume;
import io.carillon.core.session.Rights;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.core.session.SessionSecret;
import io.carillon.core.session.SubscribeCommand;
import io.carillon.core.session.SubscribeOutcome;
import io.carillon.core.session.TokenRights;
import io.carillon.edge.format.WireFormat;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.Follower;
import io.carillon.edge.protocol.carillon.ClientFrame.Auth;
import io.carillon.edge.protocol.carillon.ClientFrame.Bye;
import io.carillon.edge.protocol.carillon.ClientFrame.Credentials;
import io.carillon.edge.protocol.carillon.ClientFrame.Enter;
import io.carillon.edge.protocol.carillon.ClientFrame.Eph;
import io.carillon.edge.protocol.carillon.ClientFrame.Hello;
import io.carillon.edge.protocol.carillon.ClientFrame.Hist;
import io.carillon.edge.protocol.carillon.ClientFrame.Ignored;
import io.carillon.edge.protocol.carillon.ClientFrame.Invalid;
import io.carillon.edge.protocol.carillon.ClientFrame.Leave;
import io.carillon.edge.protocol.carillon.ClientFrame.Ping;
import io.carillon.edge.protocol.carillon.ClientFrame.Pub;
import io.carillon.edge.protocol.carillon.ClientFrame.Sub;
import io.carillon.edge.protocol.carillon.ClientFrame.Unsub;
import io.carillon.edge.protocol.carillon.ClientFrame.Who;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The native protocol in one wire format. Immutable. */
final class CarillonDialect implements Dialect {
  private static final byte[] NOTHING = {};

  private final ServerFrames frames;
  private static final String CALLED_OFF = "an unsub or another sub came before the answer";

  private final Attending attending;
  private final TokenReader tokens;
  private final Tickets tickets;
  private final Timeouts timeouts;

  CarillonDialect(WireFormat format, TokenReader tokens, Tickets tickets, Timeouts timeouts) {
    this.frames = new ServerFrames(format);
    this.attending = new Attending(this);
    this.tokens = tokens;
    this.tickets = tickets;
    this.timeouts = timeouts;
  }

  ServerFrames frames() {
    return frames;
  }

  @Override
  public Timeouts timeouts() {
    return timeouts;
  }

  @Override
  public boolean isBinary() {
    return frames.format() == WireFormat.MSGPACK;
  }

  @Override
  public Greeting open(byte[] message) {
    try {
      List<ClientFrame> said = FrameReader.read(frames.format(), message);
      return said.isEmpty() || !(said.getFirst() instanceof Hello hello)
          ? refusal(ErrorCode.HELLO_MISSING, "the first frame is not hello")
          : greet(hello);
    } catch (IOException e) {
      return refusal(ErrorCode.MALFORMED_FRAME, "expected hello");
    }
  }

  Greeting greet(Hello hello) {
    String key = hello.credentials().key();
    String token = hello.credentials().token();
    String ticket = hello.credentials().ticket();
    if (token == null && ticket != null) {
      return switch (tickets.take(ticket)) {
        case Tickets.TakeOutcome.Taken(var behind) ->
            greet(new Hello(hello.i(), Credentials.ofToken(behind), hello.session()));
        case Tickets.TakeOutcome.Refused(var problem) -> new Greeting.Refusal(problem, this);
      };
    }
    if (token != null) {
      return switch (tokens.read(token)) {
        case TokenVerdict.Valid(var app, var valid) ->
            welcome(hello, valid.key(), new TokenRights(valid));
        case TokenVerdict.Refused(var problem, var named) ->
            new Greeting.Refusal(problem, this, named);
      };
    }
    return key == null || !KeyId.isValid(key)
        ? refusal(
            ErrorCode.APP_UNKNOWN, "expected: a token, a ticket, or the key of an application")
        : welcome(hello, new KeyId(key), Rights.OF_KEY);
  }

  private Greeting welcome(Hello hello, KeyId key, Rights rights) {
    return new Greeting.Welcome(
        key,
        rights,
        this,
        session -> {
          String text = hello.session();
          SessionSecret known = text == null ? null : SessionSecret.ofText(text);
          if (known != null) {
            session.goOnAs(known);
          }
          return frames.welcome(hello.i(), session, timeouts.activity().toMillis());
        });
  }

  /** 2.6: the same client of the same application goes on with a new token. */
  private void renew(Session session, Voice voice, Auth auth) {
    switch (tokens.read(auth.token())) {
      case TokenVerdict.Refused(var problem, var named) ->
          refuse(session, voice, auth, null, problem);
      case TokenVerdict.Valid(var app, var token) -> {
        boolean same =
            app.id().equals(session.app().id())
                && Objects.equals(token.clientId(), session.rights().clientId());
        if (same) {
          session.renew(new TokenRights(token));
          voice.say(frames.ok(auth.i()));
        } else {
          refuse(
              session,
              voice,
              auth,
              null,
              Problem.of(ErrorCode.TOKEN_INVALID, "it is another client's or application's"));
        }
      }
    }
  }

  private Greeting refusal(ErrorCode code, String detail) {
    return new Greeting.Refusal(Problem.of(code, detail), this);
  }

  @Override
  public Reply receiveRest(Session session, Voice voice, byte[] message) {
    return receive(session, voice, message, 1);
  }

  @Override
  public Reply receive(Session session, Voice voice, byte[] message) {
    return receive(session, voice, message, 0);
  }

  private Reply receive(Session session, Voice voice, byte[] message, int skipped) {
    List<ClientFrame> said;
    try {
      said = FrameReader.read(frames.format(), message);
    } catch (IOException e) {
      return new Reply.Close(
          Problem.of(
              ErrorCode.MALFORMED_FRAME,
              "expected one object or an array of up to " + FrameReader.FRAMES_MAX));
    }
    for (ClientFrame frame : said.subList(Math.min(skipped, said.size()), said.size())) {
      if (frame instanceof Bye) {
        session.quit();
        return new Reply.End();
      }
      act(session, voice, frame);
    }
    return Reply.SILENCE;
  }

  private void act(Session session, Voice voice, ClientFrame frame) {
    switch (frame) {
      case Auth auth -> renew(session, voice, auth);
      case Sub sub -> subscribe(session, voice, sub);
      case Unsub unsub -> unsubscribe(session, voice, unsub);
      case Pub pub -> Publishing.publish(this, session, voice, pub);
      case Enter enter -> attending.enter(session, voice, enter);
      case Leave leave -> attending.leave(session, voice, leave);
      case Who who -> attending.who(session, voice, who);
      case Eph eph -> attending.signal(session, voice, eph);
      case Hist hist -> history(session, voice, hist);
      case Ping ping -> voice.say(frames.pong());
      case Hello hello ->
          refuse(
              session,
              voice,
              hello,
              null,
              Problem.of(ErrorCode.BAD_REQUEST, "hello was said already"));
      case Invalid(var i, var channel, var problem) ->
          refuse(session, voice, frame, channel, problem);
      case Ignored ignored -> {}
      case Bye bye -> {}
    }
  }

  void subscribe(Session session, Voice voice, Sub sub) {
    ChannelName name = nameOf(session, voice, sub, sub.channel());
    if (name == null) {
      return;
    }
    Problem refusal = session.refusal(Operation.SUBSCRIBE, name);
    if (refusal != null) {
      refuse(session, voice, sub, name, refusal);
      return;
    }
    if (session.isSubscribed(name)) {
      session.unsubscribe(name);
    }
    attending.enter(session, voice, sub, name);
    session.subscribe(
        new SubscribeCommand(name, new Grant.Signed(null), resumeOf(sub), sub.attendance().view()),
        outcome -> answer(session, voice, sub, outcome));
  }

  private static Resume resumeOf(Sub sub) {
    Position since = sub.since();
    Integer rewind = sub.rewind();
    if (since != null) {
      return new Resume.Since(since);
    }
    return rewind == null ? Resume.FROM_NOW : new Resume.Rewind(rewind);
  }

  /** 4.2: the reply, then what was missed; and 3.5 when not all of that was given at once. */
  private void answer(Session session, Voice voice, Sub sub, SubscribeOutcome outcome) {
    switch (outcome) {
      case SubscribeOutcome.Refused(var channel, var problem) ->
          refuse(session, voice, sub, channel, problem);
      case SubscribeOutcome.CalledOff(var channel) ->
          refuse(session, voice, sub, channel, Problem.of(ErrorCode.NOT_SUBSCRIBED, CALLED_OFF));
      case SubscribeOutcome.Subscribed subscribed -> {
        Follower follower = voice.follower();
        if (follower == null || follower.subscribed(subscribed)) {
          voice.say(frames.subbed(sub.i(), subscribed));
        }
        var catchup = subscribed.catchup();
        catchup.runs().forEach(run -> voice.say(frames.push(subscribed.channel(), run)));
        Position top = subscribed.head().top();
        if (follower == null && catchup.isCutShortOf(top)) {
          voice.say(frames.marker(subscribed.channel(), top));
        }
        attending.begin(session, voice, sub, subscribed);
      }
    }
  }

  private void refuse(Session session, Voice voice, Sub sub, ChannelName channel, Problem problem) {
    Follower follower = voice.follower();
    if (follower != null) {
      follower.refused(channel, problem);
    }
    refuse(session, voice, sub, channel.value(), problem);
  }

  private void unsubscribe(Session session, Voice voice, Unsub unsub) {
    ChannelName name = nameOf(session, voice, unsub, unsub.channel());
    if (name != null) {
      session.unsubscribe(name);
      session.memberships().leave(name);
      Follower follower = voice.follower();
      if (follower != null) {
        follower.left(name);
      }
      voice.say(frames.ok(unsub.i()));
    }
  }

  private void history(Session session, Voice voice, Hist hist) {
    ChannelName name = nameOf(session, voice, hist, hist.channel());
    if (name == null) {
      return;
    }
    Problem denied = session.refusal(Operation.HISTORY, name);
    Problem refusal = denied == null ? session.historyRefusal() : denied;
    if (refusal != null) {
      refuse(session, voice, hist, hist.channel(), refusal);
      return;
    }
    Position after = hist.after();
    Direction direction = after == null ? Direction.BACKWARD : Direction.FORWARD;
    session
        .history(name, direction, after == null ? hist.before() : after, hist.limit())
        .whenComplete(
            (page, failure) ->
                session
                    .lane()
                    .run(
                        () -> {
                          if (page == null) {
                            refuse(
                                session,
                                voice,
                                hist,
                                hist.channel(),
                                Problem.of(ErrorCode.UNAVAILABLE));
                          } else {
                            voice.say(frames.history(hist.i(), page));
                          }
                        }));
  }

  /** The channel's name; or null, and the client has been told why it is none. */
  @Nullable ChannelName nameOf(Session session, Voice voice, ClientFrame frame, String channel) {
    String problem = ChannelName.problemWith(channel);
    if (problem != null) {
      refuse(session, voice, frame, channel, Problem.of(ErrorCode.CHANNEL_NAME_INVALID, problem));
      return null;
    }
    return ChannelName.of(channel);
  }

  /**
   * Without {@code i} an error that names a channel says that its subscription has ended (4.6):
   * only a refused subscription's does then, and not that of a signal, for example (11.1).
   */
  void refuse(
      Session session, Voice voice, ClientFrame frame, @Nullable String channel, Problem problem) {
    session.refused(frame.word(), channel, problem);
    boolean named = frame.i() != null || frame instanceof Sub;
    voice.say(frames.error(frame.i(), named ? channel : null, problem));
  }

  @Override
  public List<byte[]> encode(ServerEvent event) {
    return switch (event) {
      case ServerEvent.Failed(var problem) -> List.of(frames.error(null, null, problem));
      case ServerEvent.RenewalDue(var inMillis) -> List.of(frames.renewal(inMillis));
      case ServerEvent.SubscriptionEnded(var channel, var problem) ->
          List.of(frames.error(null, channel.value(), problem));
      case ServerEvent.MembershipEnded(var channel, var problem) ->
          List.of(frames.membershipError(channel.value(), problem));
      case ServerEvent.SignedIn signedIn -> List.of();
      case ServerEvent.WatchedOnline watched -> List.of();
    };
  }

  @Override
  public byte[] encodeShared(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Published(var publication) -> frames.push(publication);
      case Delivery.Skipped(var channel, var upTo) -> frames.marker(channel.name(), upTo);
      case Delivery.Missed missed -> frames.missed(missed);
      case Delivery.PresenceChanged changed -> NOTHING;
      case Delivery.PresenceDelta delta -> attending.frames().delta(delta);
      case Delivery.PresenceCounted(var channel, var version, var present) ->
          attending.frames().count(channel.name(), present);
      case Delivery.Signalled(var signal) -> frames.signal(signal);
      case Delivery.Counted counted -> NOTHING;
    };
  }

  @Override
  public boolean mayLeaveOut() {
    return false;
  }

  @Override
  public byte[] ping() {
    return frames.ping();
  }

  @Override
  public List<byte[]> farewell(Problem problem) {
    return List.of(frames.error(null, null, problem), frames.go(problem));
  }

  @Override
  public int closeCode(Problem problem) {
    Integer code = problem.code().pusherCode();
    return code == null ? refusalCode(problem) : code;
  }

  /** Codes that Pusher has no close code for, in the same ranges. */
  private static int refusalCode(Problem problem) {
    return switch (problem.code().retry()) {
      case NO -> 4010;
      case LATER -> 4110;
      case NOW -> 4210;
      case TOKEN -> 4310;
    };
  }
}
