package io.carillon.core.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: every limit that a plan has and that a tenant may lower for an application, in the
 * order in which they are shown. {@code docs/limits.md} is rendered from it.
 */
public enum Limit {
  CONNECTIONS(Scope.APP, Unit.CONNECTIONS, 10_000, 1_000_000, "Connections open at once"),
  CONNECTIONS_PER_SECOND(
      Scope.APP,
      Unit.PER_SECOND,
      0,
      1_000_000,
      "Connections that may be opened, and as many at once"),
  MESSAGES_PER_SECOND(
      Scope.APP,
      Unit.PER_SECOND,
      0,
      10_000_000,
      "Messages that may be published by all doors, one for each channel, and as many at once"),
  BYTES_PER_SECOND(
      Scope.APP,
      Unit.BYTES_PER_SECOND,
      0,
      1_000_000_000,
      "Bytes of their payloads and extras, and as many at once"),
  HISTORY_READS_PER_SECOND(
      Scope.APP,
      Unit.PER_SECOND,
      0,
      1_000_000,
      "Pages of history that may be read by REST and on connections, and as many at once; what a"
          + " client gets by resuming or rewinding is not counted"),
  MESSAGE_BYTES(
      Scope.APP,
      Unit.BYTES,
      10_240,
      131_072,
      "Data of one message; a channel rule may say more, up to what the plan names"),
  PRESENCE_MEMBERS(Scope.APP, Unit.USERS, 100, 10_000, "Users on one presence channel"),
  PRESENCE_DATA_BYTES(
      Scope.APP, Unit.BYTES, 1_024, 1_024, "What one member says of itself on a presence channel"),
  KEY_MESSAGES_PER_SECOND(
      Scope.KEY, Unit.PER_SECOND, 0, 10_000_000, "Messages that may be published with one key"),
  KEY_BYTES_PER_SECOND(
      Scope.KEY, Unit.BYTES_PER_SECOND, 0, 1_000_000_000, "Bytes of those messages"),
  CHANNELS_PER_CONNECTION(
      Scope.CONNECTION, Unit.CHANNELS, 1_000, 10_000, "Channels of one connection"),
  SUBSCRIPTIONS_PER_SECOND(
      Scope.CONNECTION,
      Unit.PER_SECOND,
      100,
      10_000,
      "Subscriptions that one connection may begin, after its first ones: as many as it may have"
          + " channels"),
  CLIENT_EVENTS_PER_SECOND(
      Scope.CONNECTION,
      Unit.PER_SECOND,
      10,
      1_000,
      "Client events, changes of presence data, and questions who is present, of one connection"),
  TENANT_MESSAGES_PER_SECOND(
      Scope.TENANT,
      Unit.PER_SECOND,
      0,
      10_000_000,
      "Messages of all applications of a team together, and as many at once"),
  MESSAGES_PER_DAY(
      Scope.TENANT,
      Unit.A_DAY,
      0,
      1_000_000_000_000L,
      "Messages of all applications of a team, as they are metered, in a day of UTC"),
  MESSAGES_PER_MONTH(
      Scope.TENANT,
      Unit.A_MONTH,
      0,
      1_000_000_000_000L,
      "Messages of all applications of a team, as they are metered, in a month of UTC"),
  DELIVERIES_PER_MONTH(
      Scope.TENANT,
      Unit.A_MONTH,
      0,
      1_000_000_000_000L,
      "Deliveries of all applications of a team, as they are metered, in a month of UTC");

  /** What a value of a limit says that is none. */
  public static final long UNLIMITED = 0;

  private final Scope scope;
  private final Unit unit;
  private final long usual;
  private final long highest;
  private final String meaning;
  private final String word;

  Limit(Scope scope, Unit unit, long usual, long highest, String meaning) {
    this.scope = scope;
    this.unit = unit;
    this.usual = usual;
    this.highest = highest;
    this.meaning = meaning;
    this.word = camelCase(name());
  }

  /** Whose use is counted. */
  public enum Scope {
    TENANT,
    APP,
    KEY,
    CONNECTION;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In what it is counted. */
  public enum Unit {
    CONNECTIONS("connections"),
    PER_SECOND("a second"),
    A_DAY("a day"),
    A_MONTH("a month"),
    BYTES("bytes"),
    BYTES_PER_SECOND("bytes a second"),
    USERS("users"),
    CHANNELS("channels");

    private final String words;

    Unit(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private static String camelCase(String constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(
          word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return word.toString();
  }

  /** Its name in requests, such as {@code messagesPerSecond}. */
  public String word() {
    return word;
  }

  public Scope scope() {
    return scope;
  }

  public Unit unit() {
    return unit;
  }

  /** What counts where a plan says nothing; {@link #UNLIMITED} for no limit. */
  public long usual() {
    return usual;
  }

  /** The largest value that may be written. */
  public long highest() {
    return highest;
  }

  /** One sentence without its full stop. */
  public String meaning() {
    return meaning;
  }

  /** Whether it may be {@link #UNLIMITED}; then it is so unless a plan says otherwise. */
  public boolean mayBeUnlimited() {
    return usual == UNLIMITED;
  }

  /** Whether a tenant may lower it for an application. */
  public boolean isOfApps() {
    return scope != Scope.TENANT;
  }

  /** Whether it is of a day or a month, which is metered and told of. */
  public boolean isQuota() {
    return unit == Unit.A_DAY || unit == Unit.A_MONTH;
  }

  /** Whether it may have this value. */
  public boolean takes(long value) {
    return (value == UNLIMITED && mayBeUnlimited()) || (value >= 1 && value <= highest);
  }

  /** Which values it takes, for people. */
  public String range() {
    return "1 to " + highest + (mayBeUnlimited() ? ", or 0 for no limit" : "");
  }

  /** The limit of this name, or null. */
  public static @Nullable Limit ofWord(String word) {
    for (Limit limit : values()) {
      if (limit.word.equals(word)) {
        return limit;
      }
    }
    return null;
  }

  /** The lower one of two values. */
  public static long lower(long one, long other) {
    if (one == UNLIMITED || other == UNLIMITED) {
      return Math.max(one, other);
    }
    return Math.min(one, other);
  }
}
