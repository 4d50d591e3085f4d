package io.carillon.core.testing;

import io.carillon.core.engine.Head;
import io.carillon.core.engine.Roster;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.model.Member;
import io.carillon.core.session.Outlet;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.core.session.SubscribeOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a connection is told; closing ends its session at once. For one thread. */
public final class FakeOutlet implements Outlet {
  private final List<String> told = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<ServerEvent> events = new ArrayList<>();
  private @Nullable Session session;
  private @Nullable Problem closedBy;
  private boolean touched;
  private int turns;
  private int ticks;
  private int closesAfter = Integer.MAX_VALUE;
  private boolean broken;
  private boolean behind;

  public void attach(Session opened) {
    session = opened;
  }

  /** As a connection that does not read: closes when it is told this much. */
  public void closeAfter(int told) {
    closesAfter = told;
  }

  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** As a connection that does not read fast enough. */
  public void setBehind(boolean behind) {
    this.behind = behind;
  }

  @Override
  public boolean isBehind() {
    return behind;
  }

  @Override
  public void send(ServerEvent event) {
    events.add(event);
    tell(text(event));
  }

  @Override
  public boolean offer(SharedFrame frame, int from, int to) {
    if (broken) {
      throw new IllegalStateException("the connection is broken");
    }
    for (Delivery delivery : ((TextEncoder.Frame) frame).parts(from, to)) {
      deliveries.add(delivery);
      tell(TextEncoder.text(delivery));
    }
    boolean first = !touched;
    touched = true;
    return first;
  }

  private void tell(String text) {
    if (closedBy == null) {
      told.add(text);
      if (told.size() >= closesAfter) {
        close(Problem.of(ErrorCode.SLOW_CONSUMER));
      }
    }
  }

  @Override
  public void endTurn() {
    touched = false;
    turns++;
  }

  @Override
  public void close(Problem problem) {
    if (closedBy == null) {
      closedBy = problem;
      if (session != null) {
        session.ended();
      }
    }
  }

  @Override
  public void tick(long nowNanos) {
    ticks++;
  }

  /** Everything in order, in a few words each, until the connection was closed. */
  public List<String> told() {
    return List.copyOf(told);
  }

  /** As {@link #told}, and begins anew. */
  public List<String> take() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  public List<Delivery> deliveries() {
    return deliveries;
  }

  public List<ServerEvent> events() {
    return events;
  }

  public int turns() {
    return turns;
  }

  public int ticks() {
    return ticks;
  }

  public @Nullable ErrorCode closedBy() {
    return closedBy == null ? null : closedBy.code();
  }

  private static String text(ServerEvent event) {
    return switch (event) {
      case ServerEvent.SignedIn(var user) -> "signed in " + user.id();
      case ServerEvent.WatchedOnline(var userIds) -> "online " + userIds;
      case ServerEvent.RenewalDue(var inMillis) -> "renew in " + inMillis;
      case ServerEvent.SubscriptionEnded(var channel, var problem) ->
          "ended " + channel + " " + problem.code();
      case ServerEvent.MembershipEnded(var channel, var problem) ->
          "left " + channel + " " + problem.code();
      case ServerEvent.Failed(var problem) -> "failed " + problem.code();
    };
  }

  /** What a Pusher client is told of a subscription. */
  public void answered(SubscribeOutcome outcome) {
    switch (outcome) {
      case SubscribeOutcome.Refused(var channel, var problem) ->
          tell("refused " + channel + " " + problem.code());
      case SubscribeOutcome.CalledOff off -> {}
      case SubscribeOutcome.Subscribed subscribed -> {
        Roster roster = subscribed.roster();
        tell(
            "subscribed "
                + subscribed.channel()
                + " at "
                + subscribed.head().top().offset()
                + (roster == null
                    ? ""
                    : " with " + roster.members().stream().map(Member::userId).toList()));
        if (subscribed.channel().kind().isCached()) {
          Head.Latest latest = subscribed.head().latest();
          tell(
              latest == null
                  ? "cache missed " + subscribed.channel()
                  : "cached " + latest.publication().message().payload().asText());
        }
      }
    }
  }
}
