package io.carillon.core.hub;

import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Signal;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The newest signal of each key that a connection could not take yet; the oldest key goes first.
 * Confined to the connection's lane.
 */
final class LateSignals {
  static final int KEYS_MAX = 32;

  private final LinkedHashMap<Key, Delivery> newest = LinkedHashMap.newLinkedHashMap(4);

  private record Key(ConnectionId sender, String key) {}

  /** Keeps the signal if it has a key; one without is lost. */
  void keep(Delivery.Signalled delivery) {
    Signal signal = delivery.signal();
    String name = signal.key();
    if (name == null) {
      return;
    }
    Key key = new Key(signal.sender().connection(), name);
    newest.remove(key);
    newest.put(key, delivery);
    if (newest.size() > KEYS_MAX) {
      newest.pollFirstEntry();
    }
  }

  boolean isEmpty() {
    return newest.isEmpty();
  }

  List<Delivery> takeAll() {
    List<Delivery> all = List.copyOf(newest.values());
    newest.clear();
    return all;
  }
}
