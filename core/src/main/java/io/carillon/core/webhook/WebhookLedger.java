package io.carillon.core.webhook;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was told, and what became of it, for people. Whoever asks has made sure that the endpoint is
 * theirs. Calls block. Thread-safe.
 */
public interface WebhookLedger {
  /** What became of an event. */
  enum State {
    WAITING,
    DELIVERED,
    /** Given up; a replay tries it again. */
    DEAD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable State ofWord(String word) {
      for (State state : values()) {
        if (state.word().equals(word)) {
          return state;
        }
      }
      return null;
    }
  }

  /**
   * Events, the newest first.
   *
   * @param state null for any
   * @param before the number of an event, to go on behind it; {@link Long#MAX_VALUE} to begin
   */
  List<Listed> events(WebhookId endpoint, @Nullable State state, long before, int limit);

  /**
   * An event of an endpoint.
   *
   * @param settledAtMillis when it was delivered or given up; 0 while it waits
   */
  record Listed(
      WebhookOutbox.Waiting entry, State state, int attempts, int replays, long settledAtMillis) {}

  /**
   * Calls, the newest first.
   *
   * @param event the number of an event, for those that carried it alone; 0 for all
   */
  List<Call> attempts(WebhookId endpoint, long event, long before, int limit);

  /** A call with its number, and the numbers of the events that it carried. */
  record Call(long number, WebhookAttempt attempt, List<Long> events) {
    public Call {
      events = List.copyOf(events);
    }
  }

  /**
   * Settled events wait again, in their order and before newer ones of their channel.
   *
   * @return how many; {@link #REPLAYED_MAX} at most, the oldest first
   */
  int replay(WebhookId endpoint, Range range, long nowMillis);

  /** Of one replay. */
  int REPLAYED_MAX = 10_000;

  /**
   * Which events.
   *
   * @param first the lowest number
   * @param last the highest number
   * @param state {@link State#DELIVERED} or {@link State#DEAD}, or null for both
   */
  record Range(long first, long last, @Nullable State state) {}
}
