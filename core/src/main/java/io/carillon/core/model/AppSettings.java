package io.carillon.core.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has set for an application. Immutable.
 *
 * @param enabled a disabled application refuses connections (4003) and requests (403)
 * @param origins whose pages may connect, of those that the server lets in
 */
public record AppSettings(boolean enabled, Features features, Limits limits, Origins origins) {

  /** For an application made in the console. */
  public static final AppSettings DEFAULT = new AppSettings(true, Features.DEFAULT, Limits.DEFAULT);

  /** For an application from {@code CARILLON_BOOTSTRAP_APPS}: generous, for development. */
  public static final AppSettings DEVELOPMENT =
      new AppSettings(true, new Features(true, true, false), Limits.DEVELOPMENT);

  /** For pages of all origins that the server lets in. */
  public AppSettings(boolean enabled, Features features, Limits limits) {
    this(enabled, features, limits, Origins.ALL);
  }

  /** The same with these limits. */
  public AppSettings with(Limits changed) {
    return new AppSettings(enabled, features, changed, origins);
  }

  /**
   * What is switched on.
   *
   * @param clientEvents clients may send events on private and presence channels
   * @param subscriptionCounts subscribers are told how many they are; presence channels excepted
   * @param requireSignIn a connection has to sign in within {@link Limits#SIGN_IN_SECONDS} or is
   *     closed with 4009
   */
  public record Features(boolean clientEvents, boolean subscriptionCounts, boolean requireSignIn) {
    public static final Features DEFAULT = new Features(false, false, false);
  }

  /**
   * How much is allowed: what the tenant's plan says, and the tenant's own values where those are
   * lower. Immutable.
   */
  public static final class Limits {

    /** How long a connection may take to sign in where the application requires it. */
    public static final int SIGN_IN_SECONDS = 30;

    private static final Set<Limit> MESSAGE_RATES =
        EnumSet.of(
            Limit.MESSAGES_PER_SECOND,
            Limit.BYTES_PER_SECOND,
            Limit.KEY_MESSAGES_PER_SECOND,
            Limit.KEY_BYTES_PER_SECOND,
            Limit.TENANT_MESSAGES_PER_SECOND);

    /** Pusher's limits. */
    public static final Limits DEFAULT = of(LimitPlan.DEFAULT, Map.of());

    public static final Limits DEVELOPMENT = of(LimitPlan.DEFAULT, LimitPlan.DEVELOPMENT.limits());

    private final LimitPlan plan;
    private final Map<Limit, Long> own;
    private final Map<Limit, Long> values = new EnumMap<>(Limit.class);
    private final boolean messageRates;

    private Limits(LimitPlan plan, Map<Limit, Long> own) {
      this.plan = plan;
      this.own = LimitPlan.checked(own);
      for (Limit limit : Limit.values()) {
        Long set = this.own.get(limit);
        values.put(limit, set == null ? plan.of(limit) : Limit.lower(set, plan.most(limit)));
      }
      this.messageRates = MESSAGE_RATES.stream().anyMatch(limit -> of(limit) != Limit.UNLIMITED);
    }

    /**
     * An application's.
     *
     * @param own what the tenant has set, which does not count beyond the plan
     */
    public static Limits of(LimitPlan plan, Map<Limit, Long> own) {
      return new Limits(plan, own);
    }

    /** The usual ones but for these. */
    public Limits(
        int connections,
        int messageBytes,
        int clientEventsPerSecond,
        int presenceMembers,
        int channelsPerConnection) {
      this(
          LimitPlan.DEFAULT,
          Map.of(
              Limit.CONNECTIONS, (long) connections,
              Limit.MESSAGE_BYTES, (long) messageBytes,
              Limit.CLIENT_EVENTS_PER_SECOND, (long) clientEventsPerSecond,
              Limit.PRESENCE_MEMBERS, (long) presenceMembers,
              Limit.CHANNELS_PER_CONNECTION, (long) channelsPerConnection));
    }

    public LimitPlan plan() {
      return plan;
    }

    /** What the tenant has set for the application. */
    public Map<Limit, Long> own() {
      return own;
    }

    /** The same of the same plan, with these values set by the tenant. */
    public Limits withOwn(Map<Limit, Long> values) {
      return new Limits(plan, values);
    }

    /** What counts; {@link Limit#UNLIMITED} for no limit. */
    public long of(Limit limit) {
      return Objects.requireNonNull(values.get(limit));
    }

    /** Whether it is limited how fast messages may be published. */
    public boolean hasMessageRates() {
      return messageRates;
    }

    /** Whether each limit has the same value there. */
    public boolean sameValues(Limits other) {
      return values.equals(other.values);
    }

    /**
     * Open at once over all nodes; one more is refused with 4004, or with 4100 where connections of
     * other nodes count, as those of a dead one do for some seconds.
     */
    public int connections() {
      return (int) of(Limit.CONNECTIONS);
    }

    /** Of one event's data. */
    public int messageBytes() {
      return (int) of(Limit.MESSAGE_BYTES);
    }

    /** From one connection. */
    public int clientEventsPerSecond() {
      return (int) of(Limit.CLIENT_EVENTS_PER_SECOND);
    }

    /** Distinct users on one presence channel. */
    public int presenceMembers() {
      return (int) of(Limit.PRESENCE_MEMBERS);
    }

    /** Subscriptions of one connection. */
    public int channelsPerConnection() {
      return (int) of(Limit.CHANNELS_PER_CONNECTION);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Limits same && plan.equals(same.plan) && own.equals(same.own);
    }

    @Override
    public int hashCode() {
      return 31 * plan.hashCode() + own.hashCode();
    }

    @Override
    public String toString() {
      return "Limits[plan=" + plan.name() + ", own=" + own + "]";
    }
  }
}
