package io.carillon.client;

import java.util.Locale;

/** Whether the same attempt may succeed; clause 8.1 of the protocol. */
public enum Retry {
  /** Not without a change. */
  NO,
  /** At once. */
  NOW,
  /** After a pause. */
  LATER,
  /** With a new token. */
  TOKEN;

  static Retry of(String word) {
    for (Retry retry : values()) {
      if (retry.name().toLowerCase(Locale.ROOT).equals(word)) {
        return retry;
      }
    }
    return NO;
  }
}
