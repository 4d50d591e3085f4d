package io.carillon.core.model;

/**
 * The identity of a tenant's application; every channel, key and limit belongs to exactly one.
 *
 * @param value 1 to 64 letters, digits, {@code _} or {@code -}; Pusher libraries that take a URL
 *     accept numeric ids only
 */
public record AppId(String value) implements Comparable<AppId> {
  private static final int LENGTH_MAX = 64;

  public AppId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "app id: " + value + " (expected: 1 to 64 letters, digits, _ or -)");
    }
  }

  public static boolean isValid(String value) {
    return UrlSafe.isWord(value, LENGTH_MAX);
  }

  @Override
  public int compareTo(AppId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
