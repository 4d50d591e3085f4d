package io.carillon.core.session;

import io.carillon.core.auth.Authorizer;
import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.ErrorCode.Retry;
import io.carillon.core.error.Problem;
import io.carillon.core.history.HistoryPage;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.hub.Subscriber;
import io.carillon.core.inspect.KeyUse;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.inspect.RefusalLog.Refusal;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Member;
import io.carillon.core.model.Message;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.publish.EditRight;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.runtime.Lane;
import io.carillon.core.session.ServerEvent.Failed;
import io.carillon.core.session.ServerEvent.RenewalDue;
import io.carillon.core.session.ServerEvent.SignedIn;
import io.carillon.core.session.ServerEvent.SubscriptionEnded;
import io.carillon.core.session.Subscriptions.Wish;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * One client's life, from its opening to its close. Confined to its lane. What is asked of it after
 * its end is ignored, since a connection may have read several requests at once.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Duration SIGN_IN_TIME = Duration.ofSeconds(Limits.SIGN_IN_SECONDS);

  private final SessionContext context;
  private final SessionLane home;
  private final Outlet outlet;
  private final Encoder encoder;
  private final ConnectionId id;
  private final KeyUse use;
  private final long openedAt;
  private final Subscriptions subscriptions;

  // what few connections use is made when it is asked for
  private @Nullable Memberships memberships;
  private @Nullable Quotas quotas;
  private @Nullable Signals signals;

  /** How many subscriptions were begun, as far as that is counted. */
  private int begun;

  private boolean done;
  private App app;
  private Rights rights;
  private boolean renewalAsked;
  private boolean open = true;
  private final Owner owner;
  private @Nullable SessionSecret secret;

  /** Where this session stands in its lane's list; the list keeps it right. */
  int laneIndex;

  private Session(
      SessionContext context, SessionLane home, Opening opening, App app, ConnectionId id) {
    this.context = context;
    this.home = home;
    this.outlet = opening.outlet();
    this.encoder = opening.encoder();
    this.id = id;
    ApiKey known = app.key(opening.key());
    KeyId key = known == null ? opening.key() : known.id(); // the one that all share
    this.use = context.useCases().keyUses().opened(key, opening.by().client());
    this.rights = opening.rights() == Rights.OF_KEY ? Rights.ofKey(key) : opening.rights();
    this.app = app;
    this.openedAt = context.ticker().nanos();
    this.subscriptions = new Subscriptions(context, home.hub(), outlet, id);
    this.owner = new Owner(context, this);
  }

  /** Who wants a session. */
  public record Opening(KeyId key, Rights rights, Outlet outlet, Encoder encoder, Arrival by) {
    /** Of a client of which nothing is known. */
    public Opening(KeyId key, Rights rights, Outlet outlet, Encoder encoder) {
      this(key, rights, outlet, encoder, Arrival.UNKNOWN);
    }
  }

  /** What became of an opening. */
  public sealed interface OpenOutcome {
    record Opened(Session session) implements OpenOutcome {}

    record Refused(Problem problem) implements OpenOutcome {}
  }

  /**
   * Opens a session on its lane.
   *
   * @param app the application that has the key, or null when none has
   */
  public static OpenOutcome open(
      SessionContext context,
      SessionLane home,
      Opening opening,
      @Nullable App app,
      ConnectionId id) {
    home.lane().assertCurrent();
    if (app == null) {
      return new OpenOutcome.Refused(Problem.of(ErrorCode.APP_UNKNOWN, opening.key().value()));
    }
    Problem closed = Authorizer.refusalToConnect(app, opening.by().origin());
    Problem refusal = closed == null ? context.admission().enter(app) : closed;
    if (refusal != null) {
      return new OpenOutcome.Refused(refusal);
    }
    Session session = new Session(context, home, opening, app, id);
    home.add(session);
    home.meter().of(app.id(), session.key()).opened();
    context.counters().opened(session.use.client().protocol());
    session.owner.begin();
    session.log().log("connection opened");
    return new OpenOutcome.Opened(session);
  }

  public ConnectionId id() {
    return id;
  }

  public App app() {
    return app;
  }

  public KeyId key() {
    return use.key();
  }

  public Rights rights() {
    return rights;
  }

  public Lane lane() {
    return home.lane();
  }

  public boolean isOpen() {
    return open;
  }

  public @Nullable User user() {
    return owner.user();
  }

  /**
   * The session goes on that had this secret; to be called before anything else is done with it.
   */
  public void goOnAs(SessionSecret known) {
    secret = known;
  }

  /** By which a later connection can be this session. */
  public SessionSecret secret() {
    if (secret == null) {
      secret = SessionSecret.random(context.setting().chance());
    }
    return secret;
  }

  /** Under which name everyone knows this session. */
  public String memberKey() {
    return secret().memberKey(app.id());
  }

  /**
   * Subscribes.
   *
   * @param answer is told once, on the lane, before anything live follows; never after the session
   *     has ended
   */
  public void subscribe(SubscribeCommand command, Consumer<SubscribeOutcome> answer) {
    lane().assertCurrent();
    if (!open) {
      return;
    }
    ChannelName name = command.channel();
    SubscribingRules rules = subscribing();
    Problem tooFast = subscriptionRefusal();
    Problem refusal = tooFast == null ? rules.refusal(command) : tooFast;
    if (refusal != null) {
      answer.accept(new SubscribeOutcome.Refused(name, refusal));
      return;
    }
    Encoder format = command.encoder() == null ? encoder : command.encoder();
    ChannelId channel = home.hub().shared(ChannelId.of(app.id(), name));
    Subscriber subscriber = new Subscriber(channel, id, outlet, format, command.view());
    subscriber.countBy(home.meterOf(app.id(), key()));
    subscriber.readBy(ChannelPolicy.of(app, name).slow());
    Member member = command.view() == PresenceView.USERS ? owner.memberBy(command.grant()) : null;
    subscriptions.add(
        new Subscription(
            subscriber,
            member == null ? null : new PresenceEntry(memberKey(), member),
            rules.otherKey(command.grant())),
        new Wish(command.resume(), app.settings().limits().presenceMembers(), answer));
  }

  /** Why the connection may not do this by what it showed and the channel's rule, or null. */
  public @Nullable Problem refusal(Operation operation, ChannelName name) {
    return Authorizer.refusal(app, rights.actor(), operation, name);
  }

  /** Whether the connection is subscribed to the channel, or about to be. */
  public boolean isSubscribed(ChannelName name) {
    return subscriptions.get(name) != null;
  }

  /**
   * Publishes what the protocol has found this connection to be allowed to; whether it may change a
   * message is found out here.
   *
   * @return completes on any thread; fails when the log cannot be reached
   */
  public CompletionStage<PublishOutcome> append(ChannelName name, Message message) {
    Problem tooMany = quotas().publish(rights);
    if (tooMany != null) {
      return CompletableFuture.completedFuture(new Refused(tooMany));
    }
    EditRight edits = EditRight.NONE;
    if (message.operation() != null) {
      Problem notAny = refusal(Operation.MESSAGE_UPDATE_ANY, name);
      Problem notOwn = notAny == null ? null : refusal(Operation.MESSAGE_UPDATE_OWN, name);
      if (notOwn != null) {
        return CompletableFuture.completedFuture(new Refused(notOwn));
      }
      edits = notAny == null ? EditRight.ANY : EditRight.OWN;
    }
    return context
        .publisher()
        .publish(new PublishCommand(app, name, message, rights.actor().standing(), edits, key()));
  }

  /** The key by which the connection has a subscription. */
  KeyId keyOf(@Nullable Subscription subscription) {
    KeyId signing = subscription == null ? null : subscription.signedBy();
    KeyId shown = rights.actor().key();
    return signing != null ? signing : shown == null ? key() : shown;
  }

  /** As many as it may have channels are free, so that nothing is kept of most connections. */
  private @Nullable Problem subscriptionRefusal() {
    if (begun < app.settings().limits().channelsPerConnection()) {
      begun++;
      return null;
    }
    return quotas().subscription(app);
  }

  private SubscribingRules subscribing() {
    return new SubscribingRules(this, subscriptions, owner);
  }

  /** Where the session is present by itself. */
  public Memberships memberships() {
    if (memberships == null) {
      memberships = new Memberships(context, home, this);
    }
    return memberships;
  }

  /** What the session sends that nothing keeps. */
  public Signals signals() {
    if (signals == null) {
      signals = new Signals(context, this);
    }
    return signals;
  }

  /** The client is done: what it entered ends with the connection, not a while later. */
  public void quit() {
    lane().assertCurrent();
    done = true;
  }

  /** Ends a subscription; nothing when there is none. */
  public void unsubscribe(ChannelName name) {
    lane().assertCurrent();
    subscriptions.remove(name);
  }

  /**
   * Sends an event to the channel's other subscribers; a refusal is answered with {@link Failed}.
   */
  public void publish(ChannelName name, String event, Payload payload) {
    lane().assertCurrent();
    if (open) {
      ClientEvents events = new ClientEvents(context, this);
      events.publish(name, subscriptions.get(name), event, payload);
    }
  }

  /** Takes one of the pages of history that the application may read now; or why there is none. */
  public @Nullable Problem historyRefusal() {
    return context.useCases().historyRate().take(app);
  }

  /** Reads a channel's past, as far as the protocol has found this connection to be allowed to. */
  public CompletionStage<HistoryPage> history(
      ChannelName name, Direction direction, @Nullable Position from, int limit) {
    ChannelId channel = ChannelId.of(app.id(), name);
    return context.history().read(new HistoryQuery(channel, direction, from, limit));
  }

  /**
   * What followed a position, for a subscriber that has found a hole; what is live goes on
   * meanwhile.
   */
  public CompletionStage<Catchup.Missed> missed(ChannelName name, Position since) {
    return Catchup.Missed.read(context.history(), ChannelId.of(app.id(), name), since);
  }

  /** Takes one of the events that the connection may send now; the reason when there is none. */
  @Nullable Problem eventRefusal() {
    return quotas().event(app);
  }

  private Quotas quotas() {
    if (quotas == null) {
      quotas = new Quotas(context.ticker());
    }
    return quotas;
  }

  /** Says it in its turn. */
  void tell(ServerEvent event) {
    outlet.send(event);
  }

  /** Says what has become of something in a turn of its own. Any thread. */
  void tellLater(ServerEvent event) {
    lane()
        .run(
            () -> {
              if (open) {
                outlet.send(event);
                outlet.endTurn();
              }
            });
  }

  /** The connection belongs to this user; the protocol has checked the signature. */
  public void signIn(User newUser, boolean watchlistCut) {
    lane().assertCurrent();
    if (!open) {
      return;
    }
    User known = owner.user();
    if (known != null && !known.id().equals(newUser.id())) {
      outlet.send(new Failed(Problem.of(ErrorCode.SIGNED_IN_AS_ANOTHER, known.id())));
      return;
    }
    outlet.send(new SignedIn(newUser));
    if (watchlistCut) {
      outlet.send(new Failed(Problem.of(ErrorCode.WATCHLIST_TOO_LONG)));
    }
    // sending may have ended a connection that does not read
    if (open && known == null) {
      owner.signIn(newUser, new Watchlist(context.ports(), home.hub(), outlet), encoder);
    }
  }

  /** Closes the connection from this side. */
  public void close(Problem problem) {
    lane().assertCurrent();
    if (open) {
      done |= problem.code().retry() == Retry.NO;
      outlet.close(problem);
    }
  }

  /** What waits for the connection is more than may; it is about to be closed. */
  public void tooSlow() {
    context.counters().tooSlow(SlowPolicy.DISCONNECT, 0);
  }

  /** As {@link #ended(int)}, without anybody's saying so. */
  public void ended() {
    ended(NodeCounters.CUT);
  }

  /**
   * The connection has ended, for whatever reason; everything that it held is let go.
   *
   * @param closeCode by which it was closed
   */
  public void ended(int closeCode) {
    lane().assertCurrent();
    if (!open) {
      return;
    }
    open = false;
    home.remove(this);
    context.admission().leave(app.id());
    home.meter().of(app.id(), key()).closed();
    context.useCases().keyUses().closed(use);
    context.counters().ended(use.client().protocol(), closeCode);
    log().addKeyValue("close", closeCode).log("connection closed");
    subscriptions.end();
    if (memberships != null && done) {
      memberships.leaveAll();
    } else if (memberships != null) {
      memberships.lostAll();
    }
    owner.end();
  }

  /** Notes for those who look into it that the client was refused this. */
  public void refused(String what, @Nullable String channel, Problem problem) {
    context
        .useCases()
        .refusals()
        .add(app.id(), new Refusal(what, channel, problem), new RefusalLog.By(key(), id));
  }

  /** Costs nothing as long as nobody wants to see it. */
  private LoggingEventBuilder log() {
    return LOG.isDebugEnabled()
        ? LOG.atDebug()
            .addKeyValue("connection", id.socketId())
            .addKeyValue("app", app.id().value())
            .addKeyValue("protocol", use.client().protocol().word())
        : NOPLoggingEventBuilder.singleton();
  }

  /** What an inspector is shown of it. */
  ConnectionFacts facts() {
    long age = (context.ticker().nanos() - openedAt) / NANOS_PER_MILLI;
    return new ConnectionFacts(
        id,
        key(),
        owner.id(),
        use.client(),
        context.ticker().epochMillis() - age,
        subscriptions.size());
  }

  void appChanged(@Nullable App changed) {
    ApiKey active = changed == null ? null : changed.key(key());
    if (changed == null || active == null) {
      close(Problem.of(ErrorCode.APP_UNKNOWN, key() + " is not active any more"));
    } else if (!changed.settings().enabled()) {
      close(Problem.of(ErrorCode.APP_DISABLED));
    } else {
      boolean same = changed.rules().equals(app.rules()) && changed.keys().equals(app.keys());
      app = changed;
      if (!same) {
        endWhat(subscribing()::refusalNow);
        subscriptions.follow(app);
        outlet.endTurn();
      }
    }
  }

  /**
   * The connection has these rights from now on, and keeps the subscriptions that they allow. The
   * protocol has checked that they are the same client's.
   */
  public void renew(Rights renewed) {
    lane().assertCurrent();
    rights = renewed;
    renewalAsked = false;
    endWhat(
        name -> {
          Problem refusal = refusal(Operation.SUBSCRIBE, name);
          return refusal == null ? subscribing().refusalNow(name) : refusal;
        });
  }

  /** Ends the subscriptions that are refused now. */
  private void endWhat(Function<ChannelName, @Nullable Problem> refusalOf) {
    for (ChannelName name : subscriptions.names()) {
      Problem refusal = refusalOf.apply(name);
      if (refusal != null) {
        subscriptions.remove(name);
        outlet.send(new SubscriptionEnded(name, refusal));
      }
    }
    if (memberships != null) {
      memberships.endWhatIsRefused();
    }
  }

  void tick(long nowNanos) {
    boolean mustSignIn = app.settings().features().requireSignIn() && owner.id() == null;
    Problem end = rights instanceof TokenRights byToken ? endOf(byToken) : null;
    if (end != null) {
      close(end);
    } else if (mustSignIn && nowNanos - openedAt >= SIGN_IN_TIME.toNanos()) {
      close(Problem.of(ErrorCode.UNAUTHORIZED));
    } else {
      outlet.tick(nowNanos);
    }
  }

  private @Nullable Problem endOf(TokenRights byToken) {
    long now = context.ticker().epochMillis();
    Problem problem = byToken.problemAt(now, app.id(), context.revocations());
    if (problem == null && !renewalAsked && byToken.isRenewalDue(now)) {
      renewalAsked = true;
      outlet.send(new RenewalDue(byToken.remainingMillis(now)));
    }
    return problem;
  }
}
