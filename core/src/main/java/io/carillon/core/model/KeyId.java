package io.carillon.core.model;

import java.util.regex.Pattern;

/**
 * The public half of an API key, as it stands in connection URLs and signatures.
 *
 * @param value 1 to 64 letters, digits, {@code _} or {@code -}; unique over all tenants
 */
public record KeyId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public KeyId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "key: " + value + " (expected: 1 to 64 letters, digits, _ or -)");
    }
  }

  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
