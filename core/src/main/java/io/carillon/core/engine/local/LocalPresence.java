package io.carillon.core.engine.local;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Entered;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Full;
import io.carillon.core.engine.Roster;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Presence in memory. A channel's state is guarded by its entry in the map; changes are handed over
 * while it is held, which is what keeps their order.
 */
final class LocalPresence implements PresenceStore {
  private final ConcurrentHashMap<ChannelId, Present> channels = new ConcurrentHashMap<>();

  /** One sequence for all channels, so that a channel that comes back goes on growing. */
  private final AtomicLong versions = new AtomicLong();

  private Listener listener = change -> {};

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<EnterOutcome> enter(
      ChannelId channel, Member member, ConnectionId connection, int maxMembers) {
    CompletableFuture<EnterOutcome> outcome = new CompletableFuture<>();
    channels.compute(
        channel,
        (id, present) -> {
          Present state = present == null ? new Present() : present;
          outcome.complete(state.enter(channel, member, connection, maxMembers));
          return state.users.isEmpty() ? null : state;
        });
    return outcome;
  }

  @Override
  public CompletionStage<Void> leave(ChannelId channel, ConnectionId connection) {
    channels.computeIfPresent(
        channel,
        (id, present) -> {
          present.leave(channel, connection);
          return present.users.isEmpty() ? null : present;
        });
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Roster> roster(ChannelId channel) {
    CompletableFuture<Roster> roster = new CompletableFuture<>();
    // compute, also when nobody is there: the version and the empty list belong to one moment
    channels.compute(
        channel,
        (id, present) -> {
          roster.complete(
              present == null ? new Roster(versions.get(), List.of()) : present.roster());
          return present;
        });
    return roster;
  }

  private final class Present {
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<ConnectionId, String> userOf = new HashMap<>();
    private long version = versions.get();

    EnterOutcome enter(ChannelId channel, Member member, ConnectionId connection, int maxMembers) {
      String before = userOf.get(connection);
      if (before != null && !before.equals(member.userId())) {
        leave(channel, connection);
      }
      User user = users.get(member.userId());
      if (user == null) {
        if (users.size() >= maxMembers) {
          return new Full(users.size());
        }
        user = new User(member);
        users.put(member.userId(), user);
        changed(channel, Kind.JOINED, member);
      }
      if (userOf.putIfAbsent(connection, member.userId()) == null) {
        user.connections++;
      }
      return new Entered(roster());
    }

    void leave(ChannelId channel, ConnectionId connection) {
      String userId = userOf.remove(connection);
      User user = userId == null ? null : users.get(userId);
      if (user != null && --user.connections == 0) {
        users.remove(user.member.userId());
        changed(channel, Kind.LEFT, user.member);
      }
    }

    private void changed(ChannelId channel, Kind kind, Member member) {
      version = versions.incrementAndGet();
      listener.changed(new PresenceChange(channel, version, kind, member));
    }

    Roster roster() {
      List<Member> members = new ArrayList<>(users.size());
      users.values().forEach(user -> members.add(user.member));
      return new Roster(version, members);
    }
  }

  private static final class User {
    final Member member;
    int connections;

    User(Member member) {
      this.member = member;
    }
  }
}
