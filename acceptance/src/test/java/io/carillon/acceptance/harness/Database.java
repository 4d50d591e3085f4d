package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.UsageStore;
import io.carillon.postgres.PostgresEngine;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import io.micronaut.context.ApplicationContext;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A Postgres that test and server share: the test changes the directory in it, and the server hears
 * of that as it would from another node. Thread-safe.
 */
final class Database implements AutoCloseable {
  private static final int MASTER_KEY_BYTES = 32;

  private final EmbeddedPostgres postgres;
  private final String masterKey;
  private final ApplicationContext context;

  private Database(EmbeddedPostgres postgres, String masterKey) {
    this.postgres = postgres;
    this.masterKey = masterKey;
    Map<String, Object> properties =
        new HashMap<>(
            PostgresEngine.properties(postgres.jdbcUrl(), postgres.user(), postgres.password()));
    properties.put("carillon.master-key", masterKey);
    this.context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties)
            .start();
  }

  static Database start(Path folder) {
    byte[] key = new byte[MASTER_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, progress -> {});
    try {
      return new Database(postgres, Base64.getEncoder().encodeToString(key));
    } catch (RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  DirectoryAdmin directory() {
    return context.getBean(DirectoryAdmin.class);
  }

  UsageStore usage() {
    return context.getBean(UsageStore.class);
  }

  /** What a server needs to use it. */
  Map<String, String> environment() {
    String url =
        "postgres://%s:%s@127.0.0.1:%d/postgres"
            .formatted(postgres.user(), encoded(postgres.password()), postgres.port());
    return Map.of("CARILLON_POSTGRES_URL", url, "CARILLON_MASTER_KEY", masterKey);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    try (postgres) {
      context.close();
    }
  }
}
