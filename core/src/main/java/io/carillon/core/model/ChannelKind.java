package io.carillon.core.model;

/**
 * What a channel's prefix says of it (Pusher protocol 7; prefixes are anchored at the start of the
 * name and the longest one wins, so {@code mycache-a} is a plain public channel).
 */
public enum ChannelKind {
  PUBLIC("", Access.OPEN, false),
  PRIVATE("private-", Access.SIGNED, false),
  PRIVATE_ENCRYPTED("private-encrypted-", Access.SIGNED, false),
  PRESENCE("presence-", Access.SIGNED, false),
  CACHE("cache-", Access.OPEN, true),
  PRIVATE_CACHE("private-cache-", Access.SIGNED, true),
  PRIVATE_ENCRYPTED_CACHE("private-encrypted-cache-", Access.SIGNED, true),
  PRESENCE_CACHE("presence-cache-", Access.SIGNED, true),
  /**
   * {@code #server-to-user-<id>}: only for that user's connections, which signed in or have its
   * token.
   */
  USER("#server-to-user-", Access.SIGNED_IN, false),
  /** Any other name with a leading {@code #}: the server's own, never reachable by a client. */
  INTERNAL("#", Access.NOBODY, false);

  /** Who may subscribe. */
  public enum Access {
    OPEN,
    SIGNED,
    SIGNED_IN,
    NOBODY
  }

  private static final ChannelKind[] LONGEST_FIRST = {
    PRIVATE_ENCRYPTED_CACHE,
    PRIVATE_ENCRYPTED,
    PRIVATE_CACHE,
    PRIVATE,
    PRESENCE_CACHE,
    PRESENCE,
    CACHE,
    USER,
    INTERNAL
  };

  private final String prefix;
  private final Access access;
  private final boolean cached;

  ChannelKind(String prefix, Access access, boolean cached) {
    this.prefix = prefix;
    this.access = access;
    this.cached = cached;
  }

  /** The kind of the channel with this name. */
  public static ChannelKind of(String name) {
    for (ChannelKind kind : LONGEST_FIRST) {
      if (name.startsWith(kind.prefix)) {
        return kind;
      }
    }
    return PUBLIC;
  }

  public String prefix() {
    return prefix;
  }

  public Access access() {
    return access;
  }

  /** Whether the channel keeps its latest server-published message for later subscribers. */
  public boolean isCached() {
    return cached;
  }

  public boolean isPresence() {
    return this == PRESENCE || this == PRESENCE_CACHE;
  }

  public boolean isEncrypted() {
    return this == PRIVATE_ENCRYPTED || this == PRIVATE_ENCRYPTED_CACHE;
  }

  /** Whether clients may send events here: signed channels, except those the server cannot read. */
  public boolean allowsClientEvents() {
    return access == Access.SIGNED && !isEncrypted();
  }
}
