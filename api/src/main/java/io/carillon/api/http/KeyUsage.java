package io.carillon.api.http;

import io.carillon.core.Node;
import io.carillon.core.model.KeyId;
import io.carillon.core.runtime.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which library used a key last, and when: the answer to "who still uses this key". In memory, on
 * this node only. Guarded by itself; the least recently used keys are forgotten first.
 */
@Singleton
public final class KeyUsage {
  private static final int KEYS_MAX = 10_000;
  private static final int LIBRARY_LENGTH_MAX = 100;

  private final Ticker ticker;

  @SuppressWarnings("serial")
  private final Map<KeyId, Use> uses =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KeyId, Use> eldest) {
          return size() > KEYS_MAX;
        }
      };

  /**
   * One use of a key.
   *
   * @param library as it named itself, or null when it did not
   */
  public record Use(@Nullable String library, long atMillis) {}

  @Inject
  KeyUsage(Node node) {
    this(node.ticker());
  }

  KeyUsage(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The key was used; to be called for authenticated requests only. */
  public synchronized void used(KeyId key, @Nullable String library) {
    String name =
        library == null || library.length() <= LIBRARY_LENGTH_MAX
            ? library
            : library.substring(0, LIBRARY_LENGTH_MAX);
    uses.put(key, new Use(name, ticker.epochMillis()));
  }

  /** The latest use of each key that was used at this time or later. */
  public synchronized Map<KeyId, Use> since(long millis) {
    Map<KeyId, Use> recent = new HashMap<>(uses);
    recent.values().removeIf(use -> use.atMillis() < millis);
    return recent;
  }

  /** The key's latest use, or null when this node has not seen one. */
  public synchronized @Nullable Use latest(KeyId key) {
    return uses.get(key);
  }
}
