package io.carillon.core.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named set of limits, which the operator gives to tenants. What it says of a limit is what an
 * application has, and the most that the tenant may set for one; of what it does not name the
 * catalogue says both. Immutable.
 *
 * @param overrun what becomes of messages beyond a quota
 */
public record LimitPlan(String name, Map<Limit, Long> limits, Overrun overrun) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** Of every tenant to which no other was given. */
  public static final LimitPlan DEFAULT = new LimitPlan("default", Map.of());

  /** Generous, for development. */
  public static final LimitPlan DEVELOPMENT =
      new LimitPlan(
          "development",
          Map.of(
              Limit.CONNECTIONS, 100_000L,
              Limit.PRESENCE_MEMBERS, 10_000L,
              Limit.CHANNELS_PER_CONNECTION, 10_000L,
              Limit.SUBSCRIPTIONS_PER_SECOND, 10_000L));

  /** What becomes of messages beyond what a day or a month has. */
  public enum Overrun {
    /** People are told, and all goes on. */
    ALERT,
    /** They are refused until the day or month is over. */
    REFUSE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this word, or null. */
    public static @Nullable Overrun ofWord(String word) {
      for (Overrun overrun : values()) {
        if (overrun.word().equals(word)) {
          return overrun;
        }
      }
      return null;
    }
  }

  /** One whose quotas refuse nothing. */
  public LimitPlan(String name, Map<Limit, Long> limits) {
    this(name, limits, Overrun.ALERT);
  }

  public LimitPlan {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "plan: "
              + name
              + " (expected: 1 to 63 small letters, digits and dashes, a dash not first)");
    }
    limits = checked(limits);
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The same in the catalogue's order, when each limit takes its value. */
  static Map<Limit, Long> checked(Map<Limit, Long> values) {
    EnumMap<Limit, Long> ordered = new EnumMap<>(Limit.class);
    values.forEach(
        (limit, value) -> {
          if (!limit.takes(value)) {
            throw new IllegalArgumentException(
                limit.word() + ": " + value + " (expected: " + limit.range() + ")");
          }
          ordered.put(limit, value);
        });
    return Collections.unmodifiableMap(ordered);
  }

  /** What an application has that says nothing itself. */
  public long of(Limit limit) {
    return limits.getOrDefault(limit, limit.usual());
  }

  /** The most that a tenant may set for an application; {@link Limit#UNLIMITED} for any. */
  public long most(Limit limit) {
    Long named = limits.get(limit);
    return named != null ? named : limit.mayBeUnlimited() ? Limit.UNLIMITED : limit.highest();
  }

  /** Whether a tenant may set this for an application. */
  public boolean allows(Limit limit, long value) {
    long most = most(limit);
    return limit.takes(value) && (most == Limit.UNLIMITED || Limit.lower(value, most) == value);
  }
}
