package io.carillon.core.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What waits to be told, for each endpoint and channel in its order, until it is settled. Any node
 * may take what is due, each piece one at a time: what is taken belongs to who took it until the
 * lease ends, so that a node that dies takes nothing with it. Calls block. Thread-safe.
 */
public interface WebhookOutbox {
  /** Of one endpoint; what comes beyond is dropped, which shows as a hole in its sequence. */
  int WAITING_MAX = 100_000;

  /**
   * Adds all or nothing. Of one endpoint an event with an id that is there already is passed over,
   * so adding again is harmless.
   */
  void add(List<Entry> entries);

  /** For whom an event is. */
  record Entry(WebhookId endpoint, WebhookEvent event) {}

  /** Takes what is due, of each endpoint and channel the oldest that waits. */
  List<Claim> claim(Wish wish);

  /**
   * How much to take.
   *
   * @param channels at most, over all endpoints
   * @param busy how many channels of endpoints the asking node has under way; what it takes now and
   *     they are no more than an endpoint may have
   */
  record Wish(long nowMillis, Duration lease, int channels, Map<WebhookId, Integer> busy) {
    /** Channels of one endpoint that a node has at once. */
    public static final int CHANNELS_OF_ENDPOINT = 6;

    /** The same where calls carry many events: they are told in one call. */
    public static final int CHANNELS_OF_BATCH = 16;

    /** Of an endpoint of which nothing is taken. */
    public static final int FULL = CHANNELS_OF_BATCH;

    /** Events of one channel that are taken at once. */
    public static final int EVENTS_OF_CHANNEL = 25;

    public Wish {
      busy = Map.copyOf(busy);
    }
  }

  /**
   * Events of one endpoint and channel that are nobody else's for a while.
   *
   * @param lease what proves that they are
   * @param failures how often the first of them failed in a row
   * @param endpointFailures calls of the endpoint that failed since the last one that did not
   * @param events oldest first, at least one
   */
  record Claim(
      WebhookId endpoint,
      String channel,
      Lease lease,
      int failures,
      int endpointFailures,
      List<Waiting> events) {
    public Claim {
      events = List.copyOf(events);
    }
  }

  /**
   * What proves that a claim still counts.
   *
   * @param version of the channel's queue when it was made
   */
  record Lease(long token, long version) {}

  /**
   * An event that waits.
   *
   * @param number of the entry, over all endpoints
   * @param sequence counts the events of this endpoint and channel from 1
   * @param attempt which this would be: 1 for the first
   */
  record Waiting(long number, long sequence, int attempt, WebhookEvent event) {}

  /** The events were taken by the receiver; the claims go on. Nothing where a lease has ended. */
  void delivered(List<Claim> claims, List<Waiting> events, WebhookAttempt attempt);

  /**
   * As {@link #delivered}, with nothing left: the claims end.
   *
   * @param dueMillis when what came meanwhile may be taken
   */
  default void finished(
      List<Claim> claims, List<Waiting> events, WebhookAttempt attempt, long dueMillis) {
    delivered(claims, events, attempt);
    release(claims, List.of(), dueMillis);
  }

  /** Claims that have not ended are nobody else's for longer. */
  void prolong(List<Claim> claims, long untilMillis);

  /** The call failed: the claims end, and their channels wait. Nothing where a lease has ended. */
  void failed(List<Claim> claims, List<Waiting> events, WebhookAttempt attempt, Delay delay);

  /**
   * When to try again.
   *
   * @param retryAtMillis the channels, not before
   * @param closedUntilMillis the whole endpoint, not before; 0 for any time
   * @param giveUpBeforeMillis what waits since before this, on a channel on which nothing went well
   *     since before this, is given up
   */
  record Delay(long retryAtMillis, long closedUntilMillis, long giveUpBeforeMillis) {}

  /**
   * The claims end without a failure.
   *
   * @param left what of them was not delivered
   * @param dueMillis when that may be taken again
   */
  void release(List<Claim> claims, List<Waiting> left, long dueMillis);

  /** Writes a call down that carried nothing of the outbox. */
  void note(WebhookAttempt attempt);

  /** What waits for webhooks that are not paused, of up to so many events. */
  Backlog backlog(int most);

  /**
   * What waits to be told.
   *
   * @param oldestMillis since when the oldest waits; of no meaning when there is none
   */
  record Backlog(int events, long oldestMillis) {
    public static final Backlog NONE = new Backlog(0, 0);
  }

  /** Removes what was settled before, some of it; answers whether there may be more. */
  boolean forget(long deliveredBeforeMillis, long deadBeforeMillis);
}
