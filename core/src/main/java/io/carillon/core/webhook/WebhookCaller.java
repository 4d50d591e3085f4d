package io.carillon.core.webhook;

import java.time.Duration;

/** Calls endpoints. Blocks for a bounded time. Thread-safe. */
public interface WebhookCaller {
  /**
   * Calls; what goes wrong is the result.
   *
   * @param patience how long it may take, from the question for the address to the answer's end
   */
  WebhookAttempt.Result call(WebhookRequest request, Duration patience);
}
