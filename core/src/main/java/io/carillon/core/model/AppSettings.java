package io.carillon.core.model;

/**
 * What a tenant has set for an application. Immutable.
 *
 * @param enabled a disabled application refuses connections (4003) and requests (403)
 */
public record AppSettings(boolean enabled, Features features, Limits limits) {

  /** For an application made in the console. */
  public static final AppSettings DEFAULT = new AppSettings(true, Features.DEFAULT, Limits.DEFAULT);

  /** For an application from {@code CARILLON_BOOTSTRAP_APPS}: generous, for development. */
  public static final AppSettings DEVELOPMENT =
      new AppSettings(true, new Features(true, true, false), Limits.DEVELOPMENT);

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
   * How much is allowed; every number is at least 1.
   *
   * @param connections open at once over all nodes; one more is refused with 4004, or with 4100
   *     where connections of other nodes count, as those of a dead one do for some seconds
   * @param messageBytes of one event's data
   * @param clientEventsPerSecond from one connection
   * @param presenceMembers distinct users on one presence channel
   * @param channelsPerConnection subscriptions of one connection
   */
  public record Limits(
      int connections,
      int messageBytes,
      int clientEventsPerSecond,
      int presenceMembers,
      int channelsPerConnection) {

    /** How long a connection may take to sign in where the application requires it. */
    public static final int SIGN_IN_SECONDS = 30;

    /** Pusher's limits. */
    public static final Limits DEFAULT = new Limits(10_000, 10_240, 10, 100, 1_000);

    public static final Limits DEVELOPMENT = new Limits(100_000, 10_240, 10, 10_000, 10_000);

    public Limits {
      atLeastOne("connections", connections);
      atLeastOne("messageBytes", messageBytes);
      atLeastOne("clientEventsPerSecond", clientEventsPerSecond);
      atLeastOne("presenceMembers", presenceMembers);
      atLeastOne("channelsPerConnection", channelsPerConnection);
    }

    private static void atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
      }
    }
  }
}
