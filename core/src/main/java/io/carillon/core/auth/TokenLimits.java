package io.carillon.core.auth;

import org.jspecify.annotations.Nullable;

/**
 * How much the holder of a token may do on one connection, below what the application's limits
 * allow; null where the token says nothing. Immutable.
 *
 * @param channels how many it may be subscribed to at once, 1 to {@link #MAX}
 * @param publishes how many messages it may publish in a second, 1 to {@link #MAX}
 */
public record TokenLimits(@Nullable Integer channels, @Nullable Integer publishes) {
  public static final int MAX = 1_000_000;

  public static final TokenLimits NONE = new TokenLimits(null, null);

  public TokenLimits {
    check("channels", channels);
    check("publishes", publishes);
  }

  private static void check(String name, @Nullable Integer value) {
    if (value != null && (value < 1 || value > MAX)) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MAX + ")");
    }
  }

  /** The application's limit, or the token's where that is less. */
  public int channelsWithin(int limit) {
    return channels == null ? limit : Math.min(channels, limit);
  }
}
