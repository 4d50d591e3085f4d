package io.carillon.core.webhook;

import io.carillon.core.model.AppId;
import java.time.Instant;

/** A tenant's server that is told of what happens on an application's channels. Immutable. */
public record WebhookEndpoint(
    WebhookId id, AppId app, WebhookSettings settings, WebhookSecrets secrets, Instant since) {
  /** Of one application. */
  public static final int ENDPOINTS_MAX = 20;
}
