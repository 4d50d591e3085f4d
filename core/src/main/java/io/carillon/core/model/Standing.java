package io.carillon.core.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody is to an application, from the least to the most. */
public enum Standing {
  /** Anyone who knows the application's public key. */
  CLIENTS,
  /** Who showed a client token that the application's backend signed. */
  TOKENS,
  /** The application's backend, by a key's secret. */
  SERVER;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The standing's name in rules. */
  public String word() {
    return word;
  }

  /** The standing with this name, or null when none has it. */
  public static @Nullable Standing ofWord(String word) {
    for (Standing standing : values()) {
      if (standing.word.equals(word)) {
        return standing;
      }
    }
    return null;
  }

  public boolean isAtLeast(Standing least) {
    return compareTo(least) >= 0;
  }
}
