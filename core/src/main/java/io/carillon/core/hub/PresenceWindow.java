package io.carillon.core.hub;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.model.ChannelId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The net effect of changes that follow each other; confined to a lane. */
final class PresenceWindow {
  private final ChannelId channel;
  private long from;
  private long version;

  /** As it is now, or null when it left. */
  private final Map<String, @Nullable PresenceEntry> changed = new LinkedHashMap<>();

  PresenceWindow(PresenceChange first) {
    this.channel = first.channel();
    this.from = first.previous();
    this.version = first.previous();
    add(first);
  }

  /** Adds a later change. Over a hole nothing is joined, so that those who count see the hole. */
  void add(PresenceChange change) {
    if (change.previous() != version || change.previous() == 0) {
      from = change.previous();
      changed.clear();
    }
    version = change.version();
    String key = change.entry().key();
    if (!change.kind().isDeparture()) {
      changed.put(key, change.entry());
    } else if (from == 0) {
      changed.remove(key); // whoever forgets everyone forgets this one
    } else {
      changed.put(key, null);
    }
  }

  int size() {
    return changed.size();
  }

  Delivery.PresenceDelta toDelta() {
    List<PresenceEntry> set = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    changed.forEach(
        (key, entry) -> {
          if (entry == null) {
            gone.add(key);
          } else {
            set.add(entry);
          }
        });
    return new Delivery.PresenceDelta(channel, from, version, set, gone);
  }
}
