package io.carillon.core.engine.local;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore.EnterOutcome;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Entered;
import io.carillon.core.engine.PresenceStore.EnterOutcome.Full;
import io.carillon.core.engine.PresenceStore.Hold;
import io.carillon.core.engine.PresenceStore.Listener;
import io.carillon.core.engine.Roster;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who is present on one channel; guarded by its entry in {@link LocalPresence}'s map. */
final class Present {
  private final ChannelId channel;
  private final AtomicLong versions;
  private final Listener listener;
  private final Map<String, Held> entries = new LinkedHashMap<>();

  /** How many entries each user has. */
  private final Map<String, Integer> users = new HashMap<>();

  /** 0 as long as nobody is present. */
  private long version;

  Present(ChannelId channel, AtomicLong versions, Listener listener) {
    this.channel = channel;
    this.versions = versions;
    this.listener = listener;
  }

  private record Held(PresenceEntry entry, Hold hold) {
    boolean isBy(ConnectionId connection) {
      return hold.connection().equals(connection);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  EnterOutcome enter(PresenceEntry entry, Hold hold, int usersMax) {
    Held before = entries.get(entry.key());
    String userId = entry.member().userId();
    if (before != null && !before.entry().member().userId().equals(userId)) {
      remove(before.entry());
      before = null;
    }
    if (before == null && !users.containsKey(userId) && users.size() >= usersMax) {
      return new Full(users.size());
    }
    entries.put(entry.key(), new Held(entry, hold));
    if (before == null) {
      boolean first = users.merge(userId, 1, Integer::sum) == 1;
      changed(first ? Kind.USER_JOINED : Kind.JOINED, entry);
    } else if (!before.entry().equals(entry)) {
      changed(Kind.UPDATED, entry);
    }
    return new Entered(version);
  }

  void leave(String key, ConnectionId connection) {
    Held held = heldBy(key, connection);
    if (held != null) {
      remove(held.entry());
    }
  }

  /** How long the connection's entry outlives it; zero when it holds none. */
  Duration graceOf(String key, ConnectionId connection) {
    Held held = heldBy(key, connection);
    return held == null ? Duration.ZERO : held.hold().grace();
  }

  private @Nullable Held heldBy(String key, ConnectionId connection) {
    Held held = entries.get(key);
    return held != null && held.isBy(connection) ? held : null;
  }

  private void remove(PresenceEntry entry) {
    entries.remove(entry.key());
    Integer left =
        users.computeIfPresent(
            entry.member().userId(), (id, count) -> count == 1 ? null : count - 1);
    changed(left == null ? Kind.USER_LEFT : Kind.LEFT, entry);
  }

  private void changed(Kind kind, PresenceEntry entry) {
    long previous = version;
    long now = versions.incrementAndGet();
    version = entries.isEmpty() ? 0 : now;
    listener.changed(new PresenceChange(channel, previous, now, kind, entry, entries.size()));
  }

  Roster roster() {
    return new Roster(version, entries.values().stream().map(Held::entry).toList());
  }
}
