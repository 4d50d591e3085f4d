package io.carillon.core.auth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client may be allowed to do on a channel. */
public enum Operation {
  SUBSCRIBE,
  PUBLISH,
  /** To enter a channel's presence, and to be told who is present. */
  PRESENCE,
  HISTORY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The operation's name in tokens and requests. */
  public String word() {
    return word;
  }

  /** The operation with this name, or null when none has it. */
  public static @Nullable Operation ofWord(String word) {
    for (Operation operation : values()) {
      if (operation.word.equals(word)) {
        return operation;
      }
    }
    return null;
  }
}
