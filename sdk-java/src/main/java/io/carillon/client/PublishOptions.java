package io.carillon.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a message is published. Confined to who builds it. */
public final class PublishOptions {
  @Nullable String id;
  long timeoutMillis;
  @Nullable Map<String, ?> extras;

  PublishOptions(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * The message's id, made up if this is not called. A message with an id that the channel knows
   * from the last 5 minutes is not taken again.
   *
   * @param messageId 1 to 128 characters
   */
  public PublishOptions id(String messageId) {
    id = requireNonNull(messageId, "id");
    return this;
  }

  /**
   * A small object beside the data, which the server does not look into.
   *
   * @param beside up to 2,048 bytes of JSON; plain values, see {@link DataForm}
   */
  public PublishOptions extras(Map<String, ?> beside) {
    extras = requireNonNull(beside, "extras");
    return this;
  }

  /** In which the publish succeeds or fails, whatever happens; that of the client if not called. */
  public PublishOptions timeout(Duration timeout) {
    timeoutMillis = ClientOptions.positive("timeout", timeout).toMillis();
    return this;
  }
}
