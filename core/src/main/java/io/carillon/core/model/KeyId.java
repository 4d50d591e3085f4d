package io.carillon.core.model;

/**
 * The public half of an API key, as it stands in connection URLs and signatures.
 *
 * @param value 1 to 64 letters, digits, {@code _} or {@code -}; unique over all tenants
 */
public record KeyId(String value) {
  private static final int LENGTH_MAX = 64;

  public KeyId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "key: " + value + " (expected: 1 to 64 letters, digits, _ or -)");
    }
  }

  public static boolean isValid(String value) {
    return UrlSafe.isWord(value, LENGTH_MAX);
  }

  @Override
  public String toString() {
    return value;
  }
}
