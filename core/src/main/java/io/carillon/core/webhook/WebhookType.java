package io.carillon.core.webhook;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an endpoint can be told of. The first seven are Pusher's, with its names. */
public enum WebhookType {
  CHANNEL_OCCUPIED,
  CHANNEL_VACATED,
  MEMBER_ADDED,
  MEMBER_REMOVED,
  CLIENT_EVENT,
  CACHE_MISS,
  /** How many subscriptions a channel has, now and then as it changes. */
  SUBSCRIPTION_COUNT,
  /** A message that was accepted, client events excepted; in the native format alone. */
  MESSAGE_PUBLISHED,
  /** The team has used 80 or 100 % of a quota; in the native format alone. */
  QUOTA_ALERT,
  /** What the console's test call sends; every endpoint takes it and none asks for it. */
  TEST;

  /** As it is written in settings and on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is known from subscriptions and presence, rather than from one message. */
  public boolean isMovement() {
    return this == CHANNEL_OCCUPIED
        || this == CHANNEL_VACATED
        || this == MEMBER_ADDED
        || this == MEMBER_REMOVED;
  }

  /** Whether an endpoint of this format can ask for it. */
  public boolean isFor(WebhookFormat format) {
    return switch (this) {
      case TEST -> false;
      case MESSAGE_PUBLISHED, QUOTA_ALERT -> format == WebhookFormat.CARILLON;
      default -> true;
    };
  }

  /** The type of this name that settings may have, or null. */
  public static @Nullable WebhookType ofWord(String word) {
    for (WebhookType type : values()) {
      if (type != TEST && type.word().equals(word)) {
        return type;
      }
    }
    return null;
  }
}
