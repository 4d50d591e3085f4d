package io.carillon.core.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client may be allowed to do on a channel. */
public enum Operation {
  SUBSCRIBE("subscribe to"),
  PUBLISH("publish to"),
  /** To enter a channel's presence, and to be told who is present. */
  PRESENCE("be present on"),
  HISTORY("read the history of"),
  /** To append to, update and delete what the same client id published. */
  MESSAGE_UPDATE_OWN("change an own message of"),
  /** The same with every message. */
  MESSAGE_UPDATE_ANY("change a message of");

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String wish;

  Operation(String wish) {
    this.wish = wish;
  }

  /** The operation's name in tokens and requests. */
  public String word() {
    return word;
  }

  /** How a sentence goes on with the channel. */
  public String wish() {
    return wish;
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
