package io.carillon.core.engine.local;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.Roster;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Presence in memory. A channel's state is guarded by its entry in the map; changes are handed over
 * while it is held, which is what keeps their order.
 */
final class LocalPresence implements PresenceStore {
  private final ConcurrentHashMap<ChannelId, Present> channels = new ConcurrentHashMap<>();

  /** Until when entries whose connections were lost stay. */
  private final ConcurrentHashMap<Absentee, Long> absent = new ConcurrentHashMap<>();

  /** One sequence for all channels, so that a channel that comes back goes on growing. */
  private final AtomicLong versions = new AtomicLong();

  private final Ticker ticker;
  private final LocalMovements movements;
  private Listener listener = change -> {};

  LocalPresence(Ticker ticker, LocalMovements movements) {
    this.ticker = ticker;
    this.movements = movements;
  }

  /** Where a change happens, with the channel's entry held. */
  private void changed(PresenceChange change) {
    PresenceChange.Kind kind = change.kind();
    if (kind.isOfUser()) {
      movements.record(
          change.channel(),
          kind == PresenceChange.Kind.USER_JOINED ? Movement.Kind.JOINED : Movement.Kind.LEFT,
          change.entry().member().userId());
    }
    listener.changed(change);
  }

  private record Absentee(ChannelId channel, String key, ConnectionId connection) {}

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<EnterOutcome> enter(
      ChannelId channel, PresenceEntry entry, Hold hold, int usersMax) {
    CompletableFuture<EnterOutcome> outcome = new CompletableFuture<>();
    channels.compute(
        channel,
        (id, present) -> {
          Present state = present == null ? new Present(id, versions, this::changed) : present;
          outcome.complete(state.enter(entry, hold, usersMax));
          return state.isEmpty() ? null : state;
        });
    return outcome;
  }

  @Override
  public CompletionStage<Void> leave(ChannelId channel, String key, ConnectionId connection) {
    with(channel, present -> present.leave(key, connection));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> lost(ChannelId channel, String key, ConnectionId connection) {
    with(
        channel,
        present -> {
          Duration grace = present.graceOf(key, connection);
          if (grace.isZero()) {
            present.leave(key, connection);
          } else {
            absent.put(new Absentee(channel, key, connection), ticker.nanos() + grace.toNanos());
          }
        });
    return CompletableFuture.completedFuture(null);
  }

  private void with(ChannelId channel, Consumer<Present> step) {
    channels.computeIfPresent(
        channel,
        (id, present) -> {
          step.accept(present);
          return present.isEmpty() ? null : present;
        });
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

  /** Whoever was lost and has not come back within its grace leaves. */
  void sweep() {
    long now = ticker.nanos();
    absent.forEach(
        (absentee, until) -> {
          if (now - until >= 0 && absent.remove(absentee, until)) {
            // who came back since is held by another connection
            with(
                absentee.channel(),
                present -> present.leave(absentee.key(), absentee.connection()));
          }
        });
  }
}
