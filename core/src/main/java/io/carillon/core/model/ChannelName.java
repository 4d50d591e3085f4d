package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A channel's name within its application: up to 200 letters, digits and {@code _ - = @ , . ;}
 * (Pusher protocol 7), with {@code :} between the segments of a native name. A leading {@code #}
 * marks a channel of the server. Immutable.
 */
public final class ChannelName implements Comparable<ChannelName> {
  /** Pusher's documentation says 164, its server libraries allow 200. */
  public static final int MAX_LENGTH = 200;

  /** A user id is part of its channel's name, and may hold any character. */
  private static final int MAX_USER_NAME_LENGTH = MAX_LENGTH + ChannelKind.USER.prefix().length();

  private static final String PUNCTUATION = "_-=@,.;:";

  private final String value;
  private final ChannelKind kind;

  private ChannelName(String value, ChannelKind kind) {
    this.value = value;
    this.kind = kind;
  }

  /**
   * The name with this text.
   *
   * @throws IllegalArgumentException with the offending value and what was expected
   */
  public static ChannelName of(String text) {
    String problem = problemWith(text);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    return new ChannelName(text, ChannelKind.of(text));
  }

  /** The channel on which the server reaches every connection that signed in as this user. */
  public static ChannelName ofUser(String userId) {
    return of(ChannelKind.USER.prefix() + userId);
  }

  /** What is wrong with the text as a channel name, or null when nothing is. */
  public static @Nullable String problemWith(String text) {
    ChannelKind kind = ChannelKind.of(text);
    boolean own = kind == ChannelKind.USER || kind == ChannelKind.INTERNAL;
    int limit = own ? MAX_USER_NAME_LENGTH : MAX_LENGTH;
    if (text.length() <= kind.prefix().length() || text.length() > limit) {
      return "channel name: \""
          + abbreviated(text)
          + "\" has "
          + text.length()
          + " characters (expected: a name of up to "
          + limit
          + " characters, and at least one after its prefix)";
    }
    if (own && !PlainText.isWellFormed(text)) {
      return "channel name with half of a surrogate pair (expected: whole characters)";
    }
    for (int i = own ? kind.prefix().length() : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fine = own ? !Character.isISOControl(c) : isAllowed(c);
      if (!fine) {
        return "channel name: \""
            + abbreviated(text)
            + "\" has '"
            + c
            + "' at "
            + i
            + " (expected: letters, digits and _ - = @ , . ; :)";
      }
    }
    return null;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PUNCTUATION.indexOf(c) >= 0;
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  public String value() {
    return value;
  }

  public ChannelKind kind() {
    return kind;
  }

  /** The user whose channel this is; only for {@link ChannelKind#USER}. */
  public String userId() {
    if (kind != ChannelKind.USER) {
      throw new IllegalStateException("user of " + value + " (expected: a user's channel)");
    }
    return value.substring(ChannelKind.USER.prefix().length());
  }

  @Override
  public int compareTo(ChannelName other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
