package io.carillon.core.engine;

import io.carillon.core.model.KeyId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the log keeps of a channel, as the channel's rule says, and to whose account it counts.
 *
 * @param messages the newest that stay readable, 0 or more
 * @param age how long they stay readable
 * @param latest whether this message becomes the channel's latest one, which stays readable for
 *     {@link #LATEST_AGE}, also while nobody is subscribed
 * @param account the key to which a log that counts by itself counts the message, or null
 */
public record Retention(int messages, Duration age, boolean latest, @Nullable KeyId account) {
  /** Retention of a message that is counted to no key. */
  public Retention(int messages, Duration age, boolean latest) {
    this(messages, age, latest, null);
  }

  /**
   * How long a channel that was left has its epoch and newest position, though nothing of it is
   * kept: whoever comes back to a quiet channel goes on there.
   */
  public static final Duration POSITION_AGE = Duration.ofMinutes(2);

  /** How long an id is remembered. */
  public static final Duration DEDUPE_WINDOW = Duration.ofMinutes(5);

  /** How long a cache channel keeps its latest message (Pusher: at most 30 minutes). */
  public static final Duration LATEST_AGE = Duration.ofMinutes(30);

  /** The same, counted to this key. */
  public Retention countedTo(@Nullable KeyId key) {
    return new Retention(messages, age, latest, key);
  }
}
