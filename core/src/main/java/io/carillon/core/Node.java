package io.carillon.core;

import io.carillon.core.auth.Revocations;
import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Ports;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.history.History;
import io.carillon.core.hub.Hub;
import io.carillon.core.inspect.KeyUses;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.inspect.RefusalLog.Refusal;
import io.carillon.core.limit.AppRate;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.limit.MessageRate.Ceilings;
import io.carillon.core.meter.Delivered;
import io.carillon.core.meter.Meter;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.metric.Readings;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.publish.Editing;
import io.carillon.core.publish.Publisher;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.session.Admission;
import io.carillon.core.session.Inspection;
import io.carillon.core.session.Session;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.core.session.SessionContext;
import io.carillon.core.session.SessionContext.UseCases;
import io.carillon.core.session.SessionLane;
import io.carillon.core.session.SignedInUsers;
import io.carillon.core.session.SubscriptionCounts;
import io.carillon.core.span.Spans;
import io.carillon.core.trace.Tracer;
import io.carillon.core.webhook.WebhookDesk;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A working node: the ports of an engine and the directory, put together. One for each process.
 * Thread-safe.
 */
public final class Node {
  /** How long a draining node waits between two clients: a thousand come back in a second. */
  private static final Duration DRAIN_PACE = Duration.ofMillis(1);

  private static final int NAME_BITS = 0xff_ffff;

  private final Ports ports;
  private final Directory directory;
  private final Hub hub;
  private final History history;
  private final Revocations revocations;
  private final SessionContext context;
  private final MessageRate messageRate;
  private final WebhookDesk webhooks;
  private final Meter meter;
  private final Chance chance;
  private final String name;
  private final Tracer tracer;
  private final NodeCounters counters = new NodeCounters();
  private final int connectionsMax;
  private final List<SessionLane> lanes = new CopyOnWriteArrayList<>();
  private volatile boolean draining;

  /**
   * What a node is made from.
   *
   * @param upkeep runs what belongs to no connection
   * @param limits how much it takes
   * @param timing how long it waits for what
   */
  public record Parts(
      Ports ports,
      Directory directory,
      Lane upkeep,
      Environment environment,
      Limits limits,
      Timing timing) {
    /** Parts with the usual timing, and without a limit of messages. */
    public Parts(
        Ports ports,
        Directory directory,
        Lane upkeep,
        Environment environment,
        int connectionsMax) {
      this(ports, directory, upkeep, environment, new Limits(connectionsMax, 0), Timing.USUAL);
    }
  }

  /**
   * How much a node takes.
   *
   * @param connections at once
   * @param messages that are published over all nodes
   */
  public record Limits(int connections, Ceilings messages) {
    /** With so many messages that each application may publish in a second; 0 for no limit. */
    public Limits(int connections, int appMessagesPerSecond) {
      this(connections, new Ceilings(appMessagesPerSecond, 0));
    }
  }

  /**
   * How long a node waits for what.
   *
   * @param presenceGrace how long a member outlives a lost connection that may come back
   * @param appendWindow for how long appends to one message are gathered; see {@link Editing}
   */
  public record Timing(Duration presenceGrace, Duration appendWindow) {
    public static final Timing USUAL = new Timing(Duration.ofSeconds(15), Editing.WINDOW_DEFAULT);
  }

  /**
   * Where a node gets time and chance from.
   *
   * @param spans where it tells what takes how long
   */
  public record Environment(Ticker ticker, Chance chance, Spans spans) {
    public Environment(Ticker ticker, Chance chance) {
      this(ticker, chance, Spans.NONE);
    }

    public static Environment real() {
      return new Environment(Ticker.SYSTEM, Chance.secure());
    }
  }

  public Node(Parts parts) {
    this.ports = parts.ports();
    this.directory = parts.directory();
    this.chance = parts.environment().chance();
    this.meter = new Meter(parts.environment().ticker());
    this.name = nameOf(chance);
    this.tracer = new Tracer(parts.environment().ticker(), name);
    this.connectionsMax = parts.limits().connections();
    this.hub = new Hub(ports.log(), parts.upkeep(), chance, tracer.log(), counters);
    this.history = new History(ports, directory, parts.environment().ticker());
    this.revocations = new Revocations(parts.environment().ticker());
    this.webhooks = new WebhookDesk(parts.environment().ticker(), chance);
    this.messageRate =
        new MessageRate(ports.counters(), parts.environment().ticker(), parts.limits().messages());
    this.context =
        new SessionContext(
            ports,
            new UseCases(
                publisher(parts),
                history,
                revocations,
                new KeyUses(parts.environment().ticker()),
                new RefusalLog(parts.environment().ticker(), counters),
                webhooks,
                AppRate.ofHistoryReads(ports.counters(), parts.environment().ticker())),
            new SignedInUsers(),
            new Admission(
                parts.limits().connections(),
                ports.occupancy(),
                ports.counters(),
                parts.environment().ticker()),
            new SessionContext.Setting(
                parts.environment().ticker(),
                parts.environment().chance(),
                parts.timing().presenceGrace(),
                counters));
    ports.log().listen(hub);
    ports.presence().listen(hub);
    ports.signals().listen(hub::signalled);
    ports.occupancy().listen(new SubscriptionCounts(directory, hub, parts.upkeep()));
    ports.control().listen(this::obey);
    ports.inquiries().answerBy(new Inspection(lanes, refusals(), tracer));
    directory.onRevocation(revocations::add);
    directory.onChange(this::appChanged);
  }

  private static String nameOf(Chance chance) {
    return "node-" + String.format(Locale.ROOT, "%06x", chance.nextLong() & NAME_BITS);
  }

  private Publisher publisher(Parts parts) {
    Editing editing = new Editing(history::find, parts.upkeep(), parts.timing().appendWindow());
    return new Publisher(
        parts.ports(),
        parts.environment().ticker(),
        editing,
        new Publisher.Counting(
            messageRate,
            meter,
            tracer,
            new Publisher.Watching(counters, parts.environment().spans())),
        webhooks);
  }

  /** What it is called in logs and traces; it says nothing of the machine. */
  public String name() {
    return name;
  }

  public Ports ports() {
    return ports;
  }

  public Directory directory() {
    return directory;
  }

  public Publisher publisher() {
    return context.useCases().publisher();
  }

  /** This node's time. */
  public Ticker ticker() {
    return context.setting().ticker();
  }

  /** Where this node says what tenants want to be told of. */
  public WebhookDesk webhooks() {
    return webhooks;
  }

  /** How fast applications may publish. */
  public MessageRate messageRate() {
    return messageRate;
  }

  /** How fast applications may read history. */
  public AppRate historyRate() {
    return context.useCases().historyRate();
  }

  /** What applications use on this node. */
  public Meter meter() {
    return meter;
  }

  public History history() {
    return history;
  }

  /** Which client tokens no longer count. */
  public Revocations revocations() {
    return revocations;
  }

  /** What this node's operator sees of it. */
  public NodeCounters counters() {
    return counters;
  }

  /** Writes down what this node has counted, and how it is. */
  public void read(Readings into) {
    counters.read(into);
    into.add(Metric.CONNECTIONS_MAX, connectionsMax);
    into.add(Metric.CHANNELS, hub.channels());
    Delivered delivered = meter.delivered();
    into.add(Metric.DELIVERIES_TOTAL, delivered.messages());
    into.add(Metric.DELIVERED_BYTES_TOTAL, delivered.bytes());
    into.add(Metric.DRAINING, draining ? 1 : 0);
  }

  /** Connections open on this node. */
  public int connections() {
    return context.admission().connections();
  }

  /** Connections of an application that are open on all nodes; fails when nobody can say. */
  public CompletionStage<Integer> connectionsOf(AppId app) {
    return context.admission().connectionsOf(app);
  }

  /** Which programs use which key, on this node. */
  public KeyUses keyUses() {
    return context.useCases().keyUses();
  }

  /** What this node has refused. */
  public RefusalLog refusals() {
    return context.useCases().refusals();
  }

  /** The node's part on this lane; made once for each lane, and kept by the caller. */
  public SessionLane onLane(Lane lane) {
    SessionLane made = new SessionLane(hub.onLane(lane), ticker(), meter, counters);
    lanes.add(made);
    return made;
  }

  /** Opens a session; to be called on the lane. */
  public OpenOutcome open(SessionLane lane, Opening opening) {
    ConnectionId id = new ConnectionId(chance.nextLong() & Long.MAX_VALUE);
    OpenOutcome outcome =
        Session.open(context, lane, opening, directory.appOfKey(opening.key()), id);
    if (outcome instanceof OpenOutcome.Refused(var problem)) {
      refused(RefusalLog.CONNECT, opening.key(), problem);
    }
    return outcome;
  }

  /**
   * Notes that something was refused before there was a session.
   *
   * @param key that was named; nothing is noted of one that no application has
   */
  public void refused(String what, @Nullable KeyId key, Problem problem) {
    App app = key == null ? null : directory.appOfKey(key);
    Refusal refusal = new Refusal(what, null, problem);
    if (app == null) {
      refusals().count(refusal);
    } else {
      refusals().add(app.id(), refusal, new RefusalLog.By(key, null));
    }
  }

  /**
   * Takes no connection any more, because this node is about to stop, and tells the clients that it
   * has to come back at once: a few at a time, so that the other nodes are not stormed. Whoever has
   * not been told yet is served as before.
   *
   * <p>What publishers were about to be answered goes out before.
   *
   * @param longest over which time at most; few clients take less
   * @return completes when no connection is left
   */
  public CompletionStage<Void> drain(Duration longest) {
    announceDrain();
    context.admission().shut();
    return publisher().drain().thenCompose(drained -> closeAll(longest));
  }

  private CompletionStage<Void> closeAll(Duration longest) {
    Duration paced = DRAIN_PACE.multipliedBy(connections());
    Duration window = paced.compareTo(longest) < 0 ? paced : longest;
    Problem reason = Problem.of(ErrorCode.DRAINING);
    return CompletableFuture.allOf(
        lanes.stream()
            .map(lane -> lane.closeAll(reason, window).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /** From now on this node says that it is about to stop; all goes on as before. */
  public void announceDrain() {
    draining = true;
  }

  /** Whether this node is about to stop. */
  public boolean isDraining() {
    return draining;
  }

  private void appChanged(AppId app) {
    lanes.forEach(lane -> lane.appChanged(app, directory.app(app)));
  }

  private void obey(Order order) {
    switch (order) {
      case Order.TerminateUser(var app, var userId) -> context.users().terminate(app, userId);
      case Order.RevokeTokens revoke -> revocations.add(revoke);
    }
  }
}
