package io.carillon.core.webhook;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an endpoint is told. */
public enum WebhookFormat {
  /** As Pusher does, signed with the secret of the application's oldest active key. */
  PUSHER,
  /** With ids, times and sequence numbers, signed as Standard Webhooks 1.0 says. */
  CARILLON;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of this name, or null. */
  public static @Nullable WebhookFormat ofWord(String word) {
    for (WebhookFormat format : values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    return null;
  }
}
