package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/** What a channel's rule does with a reader that is too slow for it. */
public enum SlowPolicy {
  /** Its connection is closed when too much waits for it; it comes back and resumes. */
  DISCONNECT("disconnect"),
  /** The oldest messages that wait for it are left out. */
  DROP_OLDEST("drop-oldest"),
  /** Of each event's name only the newest message waits for it. */
  LATEST_PER_KEY("latest-per-key");

  private final String word;

  SlowPolicy(String word) {
    this.word = word;
  }

  /** The policy's name in rules. */
  public String word() {
    return word;
  }

  /** The policy with this name, or null when none has it. */
  public static @Nullable SlowPolicy ofWord(String word) {
    for (SlowPolicy policy : values()) {
      if (policy.word.equals(word)) {
        return policy;
      }
    }
    return null;
  }
}
