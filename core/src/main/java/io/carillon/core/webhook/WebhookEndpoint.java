package io.carillon.core.webhook;

import io.carillon.core.model.AppId;
import io.carillon.core.model.Secret;
import java.time.Instant;

/**
 * A tenant's server that is told of what happens on an application's channels. Immutable.
 *
 * @param secret signs calls of the native format; {@code whsec_} and Base64 of 24 bytes
 */
public record WebhookEndpoint(
    WebhookId id, AppId app, WebhookSettings settings, Secret secret, Instant since) {
  /** Of one application. */
  public static final int ENDPOINTS_MAX = 20;
}
