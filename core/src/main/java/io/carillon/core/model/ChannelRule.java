package io.carillon.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has set for the channels that match a pattern. Of several rules that match, the one
 * with the most specific pattern counts, alone ({@link ChannelPattern#MOST_SPECIFIC_FIRST}); what
 * it leaves open (null) the application's settings decide. Immutable.
 *
 * @param messageBytes largest data of one event, or null for the application's limit
 * @param clientEvents whether clients may send events, or null for the application's setting
 * @param hotWindow what the log keeps for resuming, or null for the default
 * @param historyDays how long the archive keeps what is published, 1 to {@link #HISTORY_DAYS_MAX},
 *     or null when it is not archived
 * @param admission who may do what, beside what their capabilities say
 * @param content what messages may look like
 * @param slow what is done with readers that are too slow, or null to disconnect them
 */
public record ChannelRule(
    ChannelPattern pattern,
    @Nullable Integer messageBytes,
    @Nullable Boolean clientEvents,
    @Nullable HotWindow hotWindow,
    @Nullable Integer historyDays,
    Admission admission,
    Content content,
    @Nullable SlowPolicy slow) {
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

  /** A rule that says nothing of slow readers. */
  public ChannelRule(
      ChannelPattern pattern,
      @Nullable Integer messageBytes,
      @Nullable Boolean clientEvents,
      @Nullable HotWindow hotWindow,
      @Nullable Integer historyDays,
      Admission admission,
      Content content) {
    this(pattern, messageBytes, clientEvents, hotWindow, historyDays, admission, content, null);
  }

  /** A rule that says nothing of who may do what, and takes any content. */
  public ChannelRule(
      ChannelPattern pattern,
      @Nullable Integer messageBytes,
      @Nullable Boolean clientEvents,
      @Nullable HotWindow hotWindow,
      @Nullable Integer historyDays) {
    this(pattern, messageBytes, clientEvents, hotWindow, historyDays, Admission.OPEN, Content.ANY);
  }

  /**
   * The least standing that each thing asks for; null for any.
   *
   * @param subscribe also to read the past
   * @param presence to enter a channel's presence; {@link Standing#SERVER} for nobody
   */
  public record Admission(
      @Nullable Standing publish, @Nullable Standing subscribe, @Nullable Standing presence) {
    public static final Admission OPEN = new Admission(null, null, null);
  }

  /**
   * What messages may look like.
   *
   * @param events the names that are allowed; none for any name
   * @param schema a JSON schema (2020-12) that data has to satisfy, or null; whoever makes a rule
   *     has had it checked. End-to-end encrypted channels are left out, as the server cannot read
   *     them
   */
  public record Content(List<String> events, @Nullable String schema) {
    public static final Content ANY = new Content(List.of(), null);

    public static final int EVENTS_MAX = 100;

    /** In characters. */
    public static final int SCHEMA_MAX = 32_768;

    public Content {
      events = List.copyOf(events);
      if (events.size() > EVENTS_MAX) {
        throw new IllegalArgumentException(
            "events: " + events.size() + " names (expected: up to " + EVENTS_MAX + ")");
      }
      for (String event : events) {
        if (event.isEmpty()
            || event.length() > Message.MAX_EVENT_LENGTH
            || event.chars().anyMatch(Character::isISOControl)) {
          throw new IllegalArgumentException(
              "events: a name of "
                  + event.length()
                  + " characters (expected: 1 to "
                  + Message.MAX_EVENT_LENGTH
                  + " without control characters)");
        }
      }
      if (schema != null && schema.length() > SCHEMA_MAX) {
        throw new IllegalArgumentException(
            "schema: " + schema.length() + " characters (expected: up to " + SCHEMA_MAX + ")");
      }
    }

    public boolean allows(String event) {
      return events.isEmpty() || events.contains(event);
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
