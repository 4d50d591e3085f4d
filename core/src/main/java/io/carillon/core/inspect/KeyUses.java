package io.carillon.core.inspect;

import io.carillon.core.model.AddressRange;
import io.carillon.core.model.Client;
import io.carillon.core.model.KeyId;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * By which programs each key is used, on this node: for connections and for requests. In memory; it
 * is written down from here now and then. A request costs a look at a short list. Thread-safe; a
 * key's list is replaced within its entry of the map, and read without a lock.
 */
public final class KeyUses {
  /** Programs that are told apart for one key and protocol; all further ones are one. */
  static final int PROGRAMS_MAX = 32;

  private static final int KEYS_MAX = 10_000;

  private final Ticker ticker;
  private final ConcurrentHashMap<KeyId, List<KeyUse>> all = new ConcurrentHashMap<>();

  public KeyUses(Ticker ticker) {
    this.ticker = ticker;
  }

  /** When a program used a key last. */
  public record Seen(KeyId key, Client client, long atMillis) {}

  /** A key that exists was used for a request, just now. */
  public void used(KeyId key, Client client) {
    KeyUse known = find(all.getOrDefault(key, List.of()), client);
    if (known == null) {
      known = add(key, client, false);
    }
    known.touch(ticker.epochMillis());
  }

  /** A connection was opened with a key that exists; {@link #closed} has to follow. */
  public KeyUse opened(KeyId key, Client client) {
    return add(key, client, true);
  }

  public void closed(KeyUse use) {
    use.closed(ticker.epochMillis());
  }

  /** The uses since this moment; those with an open connection are used now. */
  public List<Seen> since(long millis) {
    long now = ticker.epochMillis();
    List<Seen> recent = new ArrayList<>();
    for (List<KeyUse> uses : all.values()) {
      for (KeyUse use : uses) {
        long at = use.isOpen() ? now : use.lastMillis();
        if (at >= millis) {
          recent.add(new Seen(use.key(), use.client(), at));
        }
      }
    }
    return recent;
  }

  /** Lets go of what was not used since this moment. */
  public void forgetBefore(long millis) {
    for (KeyId key : all.keySet()) {
      all.computeIfPresent(
          key,
          (id, uses) -> {
            List<KeyUse> left =
                uses.stream().filter(use -> use.isOpen() || use.lastMillis() >= millis).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  private static @Nullable KeyUse find(List<KeyUse> uses, Client client) {
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).client().equals(client)) {
        return uses.get(i);
      }
    }
    return null;
  }

  /** Within the key's entry, so that nothing is let go meanwhile. */
  private KeyUse add(KeyId key, Client client, boolean connection) {
    KeyUse[] result = new KeyUse[1];
    if (all.size() >= KEYS_MAX && !all.containsKey(key)) {
      return new KeyUse(key, client); // it is not remembered
    }
    all.compute(
        key,
        (id, known) -> {
          List<KeyUse> uses = known == null ? List.of() : known;
          KeyUse use = find(uses, client);
          Client told = use != null || hasRoom(uses, client) ? client : others(client);
          use = use == null ? find(uses, told) : use;
          List<KeyUse> after = uses;
          if (use == null) {
            use = new KeyUse(id, told);
            after = new ArrayList<>(uses);
            after.add(use);
            after = List.copyOf(after);
          }
          if (connection) {
            use.opened();
          }
          use.touch(ticker.epochMillis());
          result[0] = use;
          return after;
        });
    return result[0];
  }

  /** For each protocol apart: who has a public key alone can make up names. */
  private static boolean hasRoom(List<KeyUse> uses, Client client) {
    return uses.stream().filter(it -> it.client().protocol() == client.protocol()).count()
        < PROGRAMS_MAX;
  }

  private static Client others(Client client) {
    return new Client(client.protocol(), "others", AddressRange.UNKNOWN);
  }
}
