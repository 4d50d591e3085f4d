package io.carillon.core.engine;

import io.carillon.core.model.Member;

/**
 * One session's presence on a channel. A user with several sessions has several entries. Immutable.
 *
 * @param key names the session to everyone: 1 to {@link #KEY_LENGTH_MAX} characters of Base64url,
 *     the same as long as the session comes back, and unique over all nodes
 * @param member who it is, and its data
 */
public record PresenceEntry(String key, Member member) {
  public static final int KEY_LENGTH_MAX = 43;

  public PresenceEntry {
    if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "presence key: " + key.length() + " characters (expected: 1 to " + KEY_LENGTH_MAX + ")");
    }
  }
}
