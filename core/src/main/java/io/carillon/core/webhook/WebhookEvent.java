package io.carillon.core.webhook;

import io.carillon.core.model.ChannelId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a channel and that an endpoint is told of. Immutable.
 *
 * @param id the same whenever the same event is told, so that receivers know a repetition
 * @param atMillis when it happened, in milliseconds since 1970
 */
public record WebhookEvent(
    String id, WebhookType type, ChannelId channel, long atMillis, Detail detail) {
  /**
   * What it says beside its channel; each is null where it says nothing of it.
   *
   * @param name of the event or message
   * @param data as it was sent, as text
   */
  public record Detail(
      @Nullable String userId,
      @Nullable String name,
      @Nullable String data,
      @Nullable String socketId) {
    public static final Detail NONE = new Detail(null, null, null, null);

    /** A number is data that is written without quotes. */
    static Detail ofCount(int subscriptions) {
      return new Detail(null, null, String.valueOf(subscriptions), null);
    }

    public static Detail ofUser(String userId) {
      return new Detail(userId, null, null, null);
    }
  }
}
