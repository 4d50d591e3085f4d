package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant has set for the channels that match a pattern; the first rule that matches counts,
 * and what it leaves open (null) the application's settings decide. Immutable.
 *
 * @param messageBytes largest data of one event, or null for the application's limit
 * @param clientEvents whether clients may send events, or null for the application's setting
 * @param hotWindow what the log keeps for resuming, or null for the default
 */
public record ChannelRule(
    ChannelPattern pattern,
    @Nullable Integer messageBytes,
    @Nullable Boolean clientEvents,
    @Nullable HotWindow hotWindow) {

  public ChannelRule {
    if (messageBytes != null && messageBytes < 1) {
      throw new IllegalArgumentException(
          "messageBytes: " + messageBytes + " (expected: 1 or more)");
    }
  }

  /**
   * How much of a channel the shared log keeps, whichever bound is reached first.
   *
   * @param messages 0 to 100,000
   * @param seconds 1 to 86,400
   */
  public record HotWindow(int messages, int seconds) {
    public static final HotWindow DEFAULT = new HotWindow(1_000, 120);

    public HotWindow {
      if (messages < 0 || messages > 100_000) {
        throw new IllegalArgumentException(
            "hot window messages: " + messages + " (expected: 0 to 100000)");
      }
      if (seconds < 1 || seconds > 86_400) {
        throw new IllegalArgumentException(
            "hot window seconds: " + seconds + " (expected: 1 to 86400)");
      }
    }
  }
}
