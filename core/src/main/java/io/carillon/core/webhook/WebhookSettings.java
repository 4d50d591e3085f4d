package io.carillon.core.webhook;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a tenant sets for an endpoint. Immutable.
 *
 * @param url {@code http} or {@code https}, with a host, without user and fragment; up to {@link
 *     #URL_MAX} characters
 * @param filter what it is told of
 */
public record WebhookSettings(
    String label, URI url, WebhookFormat format, Filter filter, Sending sending) {
  public static final int URL_MAX = 2_000;
  public static final int LABEL_MAX = 100;

  /** Whether its calls carry one event or many. */
  public enum Batching {
    OFF,
    ON
  }

  /** Whether it is called at all; what happens meanwhile waits for a paused one. */
  public enum Activity {
    ACTIVE,
    PAUSED
  }

  /** How it is called. */
  public record Sending(Batching batching, Activity activity) {
    public static final Sending USUAL = new Sending(Batching.OFF, Activity.ACTIVE);
  }

  /**
   * What an endpoint is told of.
   *
   * @param types at least one
   * @param channelPrefix what the names of its channels begin with; empty for all. What is said of
   *     the team is told whatever it is
   */
  public record Filter(Set<WebhookType> types, String channelPrefix) {
    public static final int PREFIX_MAX = 164;

    public Filter {
      if (types.isEmpty() || types.contains(WebhookType.TEST)) {
        throw new IllegalArgumentException("types: " + types + " (expected: some, and not test)");
      }
      types = Set.copyOf(EnumSet.copyOf(types));
      if (channelPrefix.length() > PREFIX_MAX) {
        throw new IllegalArgumentException(
            "channelPrefix: " + channelPrefix.length() + " (expected: up to " + PREFIX_MAX + ")");
      }
    }

    public boolean takes(WebhookType type, String channel) {
      boolean everywhere = type == WebhookType.QUOTA_ALERT;
      return types.contains(type) && (everywhere || channel.startsWith(channelPrefix));
    }
  }

  public WebhookSettings {
    for (WebhookType type : filter.types()) {
      if (!type.isFor(format)) {
        throw new IllegalArgumentException(
            "types: " + type.word() + " (expected: one of the format " + format.word() + ")");
      }
    }
  }

  public boolean isPaused() {
    return sending.activity() == Activity.PAUSED;
  }

  public boolean isBatched() {
    return sending.batching() == Batching.ON;
  }

  /** Whether the address has the form of one; its name is resolved when it is called. */
  public static boolean isUsable(URI url) {
    String scheme = url.getScheme();
    boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    return web
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null
        && url.getPort() != 0
        && url.getPort() <= 65_535
        && url.toString().length() <= URL_MAX;
  }
}
