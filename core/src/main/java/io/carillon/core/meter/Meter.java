package io.carillon.core.meter;

import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import io.carillon.core.runtime.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what this node does for each key. Thread-safe; holds a few numbers for each key that was
 * used here, of which the directory knows every one.
 */
public final class Meter {
  private final Ticker ticker;
  private final ConcurrentHashMap<UsageKey, KeyMeter> keys = new ConcurrentHashMap<>();

  public Meter(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The key's own, which connections keep. */
  public KeyMeter of(AppId app, @Nullable KeyId key) {
    UsageKey account = UsageKey.of(app, key);
    KeyMeter known = keys.get(account);
    return known == null ? keys.computeIfAbsent(account, same -> new KeyMeter(ticker)) : known;
  }

  /** A message of this size was accepted by a log that does not count by itself. */
  public void accepted(AppId app, @Nullable KeyId key, int bytes) {
    of(app, key).accepted(bytes);
  }

  /** What connections of all keys were handed since the node began. */
  public Delivered delivered() {
    long messages = 0;
    long bytes = 0;
    for (KeyMeter meter : keys.values()) {
      Delivered part = meter.delivered();
      messages += part.messages();
      bytes += part.bytes();
    }
    return new Delivered(messages, bytes);
  }

  /** What was used since the last call, without what was not used; to be called by one reader. */
  Map<UsageKey, Usage> take() {
    Map<UsageKey, Usage> used = new HashMap<>();
    keys.forEach(
        (account, meter) -> {
          Usage usage = meter.take();
          if (!usage.equals(Usage.NONE)) {
            used.put(account, usage);
          }
        });
    return used;
  }
}
