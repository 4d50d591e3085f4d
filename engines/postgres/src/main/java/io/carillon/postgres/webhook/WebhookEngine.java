package io.carillon.postgres.webhook;

import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.MovementBook;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.WebhookOutbox;
import io.carillon.postgres.SecretSeal;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;

/** Wires the webhooks' tables; a process that has a default data source has them. Stateless. */
@Factory
@Requires(property = "datasources.default.url")
final class WebhookEngine {
  @Singleton
  Crowds crowds() {
    return new Crowds();
  }

  @Singleton
  WebhookAdmin admin(TransactionOperations<Connection> transactions, SecretSeal seal) {
    return new PostgresWebhookAdmin(transactions, seal);
  }

  @Singleton
  WebhookOutbox outbox(TransactionOperations<Connection> transactions, Crowds crowds) {
    return new PostgresWebhookOutbox(transactions, crowds, Ticker.SYSTEM);
  }

  @Singleton
  WebhookLedger ledger(TransactionOperations<Connection> transactions) {
    return new PostgresWebhookLedger(transactions);
  }

  @Singleton
  MovementBook book(TransactionOperations<Connection> transactions, Crowds crowds) {
    return new PostgresMovementBook(transactions, crowds, Ticker.SYSTEM);
  }
}
