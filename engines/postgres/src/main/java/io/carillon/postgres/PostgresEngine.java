package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.engine.Directory;
import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.runtime.Ticker;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Wires the engine; a process that has a default data source has its beans. Stateless. */
@Factory
@Requires(property = "datasources.default.url")
public final class PostgresEngine {
  static final int POOL_SIZE = 8;
  private static final int CONNECTION_TIMEOUT_MILLIS = 5_000;

  /**
   * What the process that uses the engine has to set; it may override single values.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, which may end in {@code
   *     ?user=…&password=…}
   * @param user empty when the url has it
   * @param password empty when the url has it
   */
  public static Map<String, Object> properties(String url, String user, String password) {
    String bounds = "connectTimeout=5&socketTimeout=5&tcpKeepAlive=true&ApplicationName=carillon";
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("datasources.default.url", url + (url.contains("?") ? "&" : "?") + bounds);
    if (!user.isEmpty()) {
      properties.put("datasources.default.username", user);
      properties.put("datasources.default.password", password);
    }
    properties.put("datasources.default.driver-class-name", "org.postgresql.Driver");
    properties.put("datasources.default.dialect", "POSTGRES");
    properties.put("datasources.default.maximum-pool-size", POOL_SIZE);
    properties.put("datasources.default.minimum-idle", 1);
    properties.put("datasources.default.automatic-validation-query", false);
    properties.put("datasources.default.connection-timeout", CONNECTION_TIMEOUT_MILLIS);
    properties.put("flyway.datasources.default.enabled", true);
    properties.put(
        "flyway.datasources.default.locations", "classpath:carillon/postgres/migrations");
    return properties;
  }

  @Singleton
  SecretSeal seal(
      @Nullable @Property(name = "carillon.master-key") String masterKey,
      TransactionOperations<Connection> transactions) {
    SecretSeal seal = SecretSeal.of(masterKey);
    transactions.executeWrite(
        status -> {
          SchemaVersion.check(status.getConnection());
          check(seal, status.getConnection());
          return seal;
        });
    return seal;
  }

  /** The first start leaves a sealed text, which no other master key opens. */
  private static void check(SecretSeal seal, Connection connection) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into master_key_check (sealed) values (?) on conflict do nothing");
        PreparedStatement select =
            connection.prepareStatement("select sealed from master_key_check")) {
      insert.setBytes(1, seal.seal(SecretSeal.CHECK, SecretSeal.CHECK.getBytes(UTF_8)));
      insert.executeUpdate();
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || seal.open(SecretSeal.CHECK, row.getBytes(1)).isEmpty()) {
          throw new MasterKeyException(
              "another key than the one that sealed the secrets in this database (expected: the"
                  + " key of the database's first start)");
        }
      }
    }
  }

  @Singleton
  DirectoryTables tables(
      TransactionOperations<Connection> transactions,
      AppRepository apps,
      KeyRepository keys,
      RuleRepository rules,
      RevocationRepository revocations,
      DirectoryTables.Plans plans,
      SecretSeal seal) {
    return new DirectoryTables(transactions, apps, keys, rules, revocations, plans, seal);
  }

  @Singleton
  DirectoryTables.Plans plans(PlanRepository plans, TenantPlanRepository tenants) {
    return new DirectoryTables.Plans(plans, tenants);
  }

  @Singleton
  LimitPlans limitPlans(
      TransactionOperations<Connection> transactions, DirectoryTables.Plans plans) {
    return new PostgresLimitPlans(transactions, plans);
  }

  @Singleton
  PostgresDirectory postgresDirectory(DirectoryTables tables) {
    return new PostgresDirectory(tables);
  }

  @Singleton
  @Bean(preDestroy = "close")
  ChangeFeed feed(@Named("default") DatasourceConfiguration source, PostgresDirectory directory)
      throws SQLException {
    PGSimpleDataSource listening = ownConnections(source, "carillon directory");
    ChangeFeed feed = new ChangeFeed(listening, directory);
    feed.start();
    return feed;
  }

  /** Connections beside the pool, for what keeps one as long as it lasts. */
  private static PGSimpleDataSource ownConnections(DatasourceConfiguration source, String name) {
    PGSimpleDataSource own = new PGSimpleDataSource();
    own.setURL(source.getUrl());
    if (source.getConfiguredUsername() != null) {
      own.setUser(source.getConfiguredUsername());
      own.setPassword(source.getConfiguredPassword());
    }
    own.setApplicationName(name);
    return own;
  }

  @Singleton
  @Bean(preDestroy = "close")
  PostgresArchive archive(@Named("default") DatasourceConfiguration source, DataSource pool)
      throws SQLException {
    PGSimpleDataSource own = ownConnections(source, "carillon archive");
    own.setConnectTimeout(ArchiveWriter.ATTEMPT_SECONDS);
    own.setSocketTimeout(ArchiveWriter.ATTEMPT_SECONDS);
    PostgresArchive archive =
        new PostgresArchive(DelegatingDataSource.unwrapDataSource(pool), own, Ticker.SYSTEM);
    archive.start();
    return archive;
  }

  @Singleton
  PostgresFigures figures(PostgresArchive archive, DataSource pool) {
    return new PostgresFigures(archive, DelegatingDataSource.unwrapDataSource(pool));
  }

  /** Has read everything before anyone gets it. */
  @Singleton
  Directory directory(PostgresDirectory directory, ChangeFeed feed) {
    return directory;
  }

  @Singleton
  DirectoryAdmin admin(DirectoryTables tables, TenantRepository tenants) {
    return new PostgresDirectoryAdmin(tables, tenants);
  }

  @Singleton
  RuleAdmin ruleAdmin(DirectoryTables tables) {
    return new PostgresRuleAdmin(tables);
  }

  @Singleton
  RevocationAdmin revocationAdmin(DirectoryTables tables) {
    return new PostgresRevocationAdmin(tables);
  }
}
