package io.carillon.postgres.usage;

import io.carillon.core.engine.UsageStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;

/** Wires the tables of usage; a process that has a default data source has them. Stateless. */
@Factory
@Requires(property = "datasources.default.url")
final class UsageEngine {

  @Singleton
  UsageStore usageStore(TransactionOperations<Connection> transactions) {
    return new PostgresUsage(transactions);
  }
}
