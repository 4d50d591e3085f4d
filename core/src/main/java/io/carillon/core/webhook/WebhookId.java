package io.carillon.core.webhook;

import java.util.UUID;

/** The identity of an endpoint: random, so that one says nothing about another. */
public record WebhookId(UUID value) {
  public static WebhookId random() {
    return new WebhookId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
