package io.carillon.core.session;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.EnterOutcome;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.engine.Roster;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.LaneHub;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.metric.NodeCounters.Resumed;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Position;
import io.carillon.core.session.Catchup.Verdict;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session's channels; confined to its lane, and what engines answer comes back to the lane
 * before it is looked at.
 *
 * <p>Subscribing holds first what arrives, then reads where the log stands, answers, and goes live:
 * in that order, on the lane, so nothing can fall between.
 */
final class Subscriptions {
  private final SessionContext context;
  private final LaneHub hub;
  private final Outlet outlet;
  private final ConnectionId connection;

  /** A table only from the second one on, since most connections have one. */
  private Map<ChannelName, Subscription> all = Map.of();

  private boolean ended;

  Subscriptions(SessionContext context, LaneHub hub, Outlet outlet, ConnectionId connection) {
    this.context = context;
    this.hub = hub;
    this.outlet = outlet;
    this.connection = connection;
  }

  @Nullable Subscription get(ChannelName name) {
    return all.get(name);
  }

  int size() {
    return all.size();
  }

  private void put(Subscription subscription) {
    ChannelName name = subscription.channel().name();
    if (all.isEmpty()) {
      all = Map.of(name, subscription);
      return;
    }
    if (all.size() == 1) {
      all = new HashMap<>(all);
    }
    all.put(name, subscription);
  }

  private @Nullable Subscription take(ChannelName name) {
    Subscription taken = all.get(name);
    if (taken != null && all.size() == 1) {
      all = Map.of();
    } else if (taken != null) {
      all.remove(name);
    }
    return taken;
  }

  /** Adds one of a channel that has none, and answers when the engine has. */
  void add(Subscription subscription, Wish wish) {
    put(subscription);
    CompletableFuture<Joined> joined =
        hub.attach(subscription.subscriber())
            .thenCompose(head -> enter(subscription, head, wish.usersMax()))
            .thenCompose(entered -> catchUp(subscription, entered, wish.resume()))
            .toCompletableFuture();
    if (joined.isDone()) {
      finish(subscription, wish, joined.isCompletedExceptionally() ? null : joined.join());
    } else {
      joined.whenComplete(
          (result, failure) -> hub.lane().execute(() -> finishLater(subscription, wish, result)));
    }
  }

  /**
   * What a new subscription asks for.
   *
   * @param usersMax how many users may be present on a channel
   * @param answer is told on the lane, before anything live follows
   */
  record Wish(Resume resume, int usersMax, Consumer<SubscribeOutcome> answer) {}

  private CompletionStage<Joined> catchUp(Subscription subscription, Joined joined, Resume resume) {
    if (resume instanceof Resume.FromNow) {
      return CompletableFuture.completedFuture(joined);
    }
    return Catchup.of(context.history(), subscription.channel(), resume, joined.head().top())
        .thenApply(caught -> new Joined(joined.head(), joined.present(), caught));
  }

  private CompletionStage<Joined> enter(Subscription subscription, Head head, int usersMax) {
    Joined alone = new Joined(head, new Present.Unasked(), Catchup.none(Verdict.FRESH, head.top()));
    PresenceStore presence = context.ports().presence();
    PresenceEntry entry = subscription.entry();
    if (entry == null) {
      return subscription.subscriber().view() == PresenceView.NONE
          ? CompletableFuture.completedFuture(alone)
          : rosterFor(subscription, alone);
    }
    return presence
        .enter(subscription.channel(), entry, new Hold(connection, Duration.ZERO), usersMax)
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case EnterOutcome.Full(int users) ->
                      CompletableFuture.completedFuture(alone.with(new Present.Full(users)));
                  case EnterOutcome.Entered entered -> rosterFor(subscription, alone);
                });
  }

  private CompletionStage<Joined> rosterFor(Subscription subscription, Joined alone) {
    return context
        .ports()
        .presence()
        .roster(subscription.channel())
        .thenApply(roster -> alone.with(new Present.With(roster)));
  }

  /** Nobody else flushes an answer that comes in a turn of its own. */
  private void finishLater(Subscription subscription, Wish wish, @Nullable Joined joined) {
    finish(subscription, wish, joined);
    outlet.endTurn();
  }

  /**
   * @param joined null when an engine failed
   */
  private void finish(Subscription subscription, Wish wish, @Nullable Joined joined) {
    Subscription current = all.get(subscription.channel().name());
    if (current != subscription) {
      // unsubscribed or closed while the engine was asked
      hub.detach(subscription.subscriber());
      if (current == null) {
        release(subscription);
      }
      if (!ended) {
        wish.answer().accept(new SubscribeOutcome.CalledOff(subscription.channel().name()));
      }
    } else if (joined == null) {
      refuse(subscription, wish, Problem.of(ErrorCode.UNAVAILABLE, "the log cannot be reached"));
    } else if (joined.present() instanceof Present.Full(int users)) {
      refuse(subscription, wish, Problem.of(ErrorCode.PRESENCE_FULL, String.valueOf(users)));
    } else {
      goLive(subscription, wish, joined);
    }
  }

  private void refuse(Subscription subscription, Wish wish, Problem problem) {
    ChannelName name = subscription.channel().name();
    take(name);
    release(subscription);
    wish.answer().accept(new SubscribeOutcome.Refused(name, problem));
  }

  private void goLive(Subscription subscription, Wish wish, Joined joined) {
    Head head = joined.head();
    Roster roster = joined.present() instanceof Present.With(var known) ? known : null;
    subscription.setCounted();
    count(joined.catchup().verdict());
    context.ports().occupancy().added(subscription.channel());
    Catchup catchup = joined.catchup();
    noteCacheMiss(subscription.channel(), head, catchup);
    wish.answer()
        .accept(
            new SubscribeOutcome.Subscribed(subscription.channel().name(), head, roster, catchup));
    Position live = catchup.end().isAfter(head.top()) ? catchup.end() : head.top();
    subscription.subscriber().goLive(live, roster == null ? 0 : roster.version());
  }

  private void count(Verdict verdict) {
    context.counters().subscribed();
    Resumed outcome =
        switch (verdict) {
          case FRESH -> null;
          case RECOVERED -> Resumed.RECOVERED;
          case LOST_EPOCH -> Resumed.EPOCH;
          case LOST_EXPIRED -> Resumed.EXPIRED;
          case LOST_TOO_FAR -> Resumed.TOO_FAR;
        };
    if (outcome != null) {
      context.counters().resumed(outcome);
    }
  }

  /** As the protocol says it to the subscriber: who goes on misses nothing. */
  private void noteCacheMiss(ChannelId channel, Head head, Catchup catchup) {
    if (channel.kind().isCached()
        && head.latest() == null
        && catchup.verdict() != Verdict.RECOVERED
        && context.webhooks().wants(channel.app(), WebhookType.CACHE_MISS)) {
      context.webhooks().tell(WebhookType.CACHE_MISS, channel, Detail.NONE);
    }
  }

  /**
   * Ends a subscription; nothing when there is none. One that the engine has not answered yet is
   * let go when it has.
   */
  void remove(ChannelName name) {
    Subscription subscription = take(name);
    if (subscription != null && subscription.isCounted()) {
      release(subscription);
    }
  }

  /** The channels that are subscribed to, or about to be. */
  List<ChannelName> names() {
    return List.copyOf(all.keySet());
  }

  /** The application's rules are others. */
  void follow(App app) {
    all.forEach(
        (name, subscription) ->
            subscription.subscriber().readBy(ChannelPolicy.of(app, name).slow()));
  }

  /** Ends all of them, and nobody is told anything any more. */
  void end() {
    ended = true;
    for (ChannelName name : names()) {
      remove(name);
    }
  }

  /**
   * Lets go of what a subscription holds, after its engine has answered: a leave that overtook its
   * own enter would leave a ghost. Where a newer subscription of the channel has taken its place,
   * the presence belongs to that one.
   */
  private void release(Subscription subscription) {
    hub.detach(subscription.subscriber());
    PresenceEntry entry = subscription.entry();
    if (entry != null) {
      context.ports().presence().leave(subscription.channel(), entry.key(), connection);
    }
    if (subscription.isCounted()) {
      context.counters().unsubscribed();
      context.ports().occupancy().removed(subscription.channel());
    }
  }

  private record Joined(Head head, Present present, Catchup catchup) {
    Joined with(Present other) {
      return new Joined(head, other, catchup);
    }
  }

  /** What the engine says of presence to a new subscription. */
  private sealed interface Present {
    record Unasked() implements Present {}

    record Full(int users) implements Present {}

    record With(Roster roster) implements Present {}
  }
}
