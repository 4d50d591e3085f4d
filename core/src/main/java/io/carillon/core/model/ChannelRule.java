package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant has set for the channels that match a pattern; the first rule that matches counts,
 * and what it leaves open (null) the application's settings decide. Immutable.
 *
 * @param messageBytes largest data of one event, or null for the application's limit
 * @param clientEvents whether clients may send events, or null for the application's setting
 * @param hotWindow what the log keeps for resuming, or null for the default
 * @param historyDays how long the archive keeps what is published, 1 to {@link #HISTORY_DAYS_MAX},
 *     or null when it is not archived
 */
public record ChannelRule(
    ChannelPattern pattern,
    @Nullable Integer messageBytes,
    @Nullable Boolean clientEvents,
    @Nullable HotWindow hotWindow,
    @Nullable Integer historyDays) {
  public static final int HISTORY_DAYS_MAX = 365;

  public ChannelRule {
    if (messageBytes != null && messageBytes < 1) {
      throw new IllegalArgumentException(
          "messageBytes: " + messageBytes + " (expected: 1 or more)");
    }
    if (historyDays != null && (historyDays < 1 || historyDays > HISTORY_DAYS_MAX)) {
      throw new IllegalArgumentException(
          "historyDays: " + historyDays + " (expected: 1 to " + HISTORY_DAYS_MAX + ")");
    }
  }

  /**
   * How much of a channel the shared log keeps, whichever bound is reached first.
   *
   * @param messages 0 to 100,000
   * @param seconds 1 to 86,400
   */
  public record HotWindow(int messages, int seconds) {
    public static final int MESSAGES_MAX = 100_000;

    public static final HotWindow DEFAULT = new HotWindow(1_000, 120);

    /**
     * The least for an archived channel: what is not committed yet can be read here, and a repeated
     * message that could not be archived finds its first self.
     */
    public static final HotWindow ARCHIVED_LEAST = new HotWindow(100, 60);

    public HotWindow {
      if (messages < 0 || messages > MESSAGES_MAX) {
        throw new IllegalArgumentException(
            "hot window messages: " + messages + " (expected: 0 to " + MESSAGES_MAX + ")");
      }
      if (seconds < 1 || seconds > 86_400) {
        throw new IllegalArgumentException(
            "hot window seconds: " + seconds + " (expected: 1 to 86400)");
      }
    }

    /** A window that keeps what this one or the other one keeps. */
    public HotWindow atLeast(HotWindow least) {
      return messages >= least.messages && seconds >= least.seconds
          ? this
          : new HotWindow(Math.max(messages, least.messages), Math.max(seconds, least.seconds));
    }
  }
}
