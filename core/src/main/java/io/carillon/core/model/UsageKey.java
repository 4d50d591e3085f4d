package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * To whose account something is counted: an application and the key that was used. Immutable.
 *
 * @param key {@link #NO_KEY} for what no key was shown for
 */
public record UsageKey(AppId app, KeyId key) implements Comparable<UsageKey> {
  /** In the place of a key. */
  public static final KeyId NO_KEY = new KeyId("-");

  public static UsageKey of(AppId app, @Nullable KeyId key) {
    return new UsageKey(app, key == null ? NO_KEY : key);
  }

  @Override
  public int compareTo(UsageKey other) {
    int byApp = app.compareTo(other.app);
    return byApp == 0 ? key.value().compareTo(other.key.value()) : byApp;
  }
}
