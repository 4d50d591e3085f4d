package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.TenantId;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Always on an embedded server, as it is stopped and started again. */
class PostgresOutageTest {
  @TempDir Path folder;

  @Test
  void theDirectoryServesWhilePostgresIsDownAndFollowsItWhenItIsBack() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, step -> {});
    int port = postgres.port();
    try (EngineUnderTest engine = EngineUnderTest.on(TestPostgres.of(postgres))) {
      TenantId tenant = engine.admin.createTenant("Notre-Dame");
      CountDownLatch made = new CountDownLatch(1);
      engine.directory.onChange(id -> made.countDown());
      AppId app = engine.admin.createApp(tenant, "carillon");
      assertThat(made.await(2, TimeUnit.SECONDS)).isTrue();

      postgres.close();
      assertThat(engine.directory.app(app)).isNotNull();
      long asked = System.nanoTime();
      assertThatThrownBy(() -> engine.admin.createTenant("Saint-Denis"))
          .isInstanceOf(RuntimeException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));

      CountDownLatch changed = new CountDownLatch(1);
      engine.directory.onChange(id -> changed.countDown());
      postgres = EmbeddedPostgres.start(folder, port, step -> {});
      ApiKey key = keyAfterTheLastDeadConnection(engine, tenant, app);
      assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.directory.appOfKey(key.id())).isEqualTo(engine.directory.app(app));
    } finally {
      postgres.close();
    }
  }

  /** Each call may meet one more pooled connection that died with the server, and drops it. */
  private static ApiKey keyAfterTheLastDeadConnection(
      EngineUnderTest engine, TenantId tenant, AppId app) {
    RuntimeException failure = new IllegalStateException("not tried");
    for (int call = 0; call <= PostgresEngine.POOL_SIZE; call++) {
      try {
        return engine.admin.createKey(tenant, app, "after").orElseThrow();
      } catch (ConnectionException | DataAccessException e) {
        failure = e;
      }
    }
    throw failure;
  }
}
