package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.contract.DirectoryContract;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.engine.LimitPlans.Giving;
import io.carillon.core.engine.LimitPlans.Removal;
import io.carillon.core.engine.Revocation;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The contract, with one node that writes and another one that reads. */
class PostgresDirectoryTest extends DirectoryContract {
  private static TestPostgres database;
  private static EngineUnderTest writer;
  private static EngineUnderTest reader;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    writer = EngineUnderTest.on(database);
    reader = EngineUnderTest.on(database);
  }

  @AfterAll
  static void stop() throws SQLException {
    reader.close();
    writer.close();
    database.close();
  }

  @Override
  protected Directory directory() {
    return reader.directory;
  }

  @Override
  protected DirectoryAdmin admin() {
    return writer.admin;
  }

  @Override
  protected RuleAdmin rules() {
    return writer.bean(RuleAdmin.class);
  }

  @Override
  protected RevocationAdmin revocations() {
    return writer.bean(RevocationAdmin.class);
  }

  @Test
  void whatFitsNoTokenAnyMoreIsForgotten() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    long old = System.currentTimeMillis() - Duration.ofHours(26).toMillis();
    revocations().keep(tenant, new Revocation(new RevokeTokens(app, By.TOKEN, "t", 0), old));

    EngineUnderTest.on(database).close();

    List<Revocation> kept = new ArrayList<>();
    directory().onRevocation(kept::add);
    assertThat(kept).noneMatch(it -> it.order().app().equals(app));
  }

  @Test
  void aNodeThatStartsKnowsWhatWasRevoked() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    long now = System.currentTimeMillis();
    Revocation kept = new Revocation(new RevokeTokens(app, By.CLIENT, "anna", now / 1_000), now);
    revocations().keep(tenant, kept);

    try (EngineUnderTest started = EngineUnderTest.on(database)) {
      List<Revocation> told = new ArrayList<>();
      started.directory.onRevocation(told::add);
      assertThat(told).contains(kept);
    }
  }

  @Test
  void noSecretCanBeReadInTheTables() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    ApiKey key = newKey(tenant, newApp(tenant));
    String secret = new String(key.secret().reveal(), UTF_8);

    String dump = dump("tenants", "apps", "api_keys", "channel_rules", "master_key_check");

    assertThat(dump)
        .contains(key.id().value())
        .doesNotContain(secret)
        .doesNotContain(HexFormat.of().formatHex(key.secret().reveal()));
  }

  private static String dump(String... tables) throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Connection connection = database.connect()) {
      for (String table : tables) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy " + table + " to stdout", out);
      }
    }
    return out.toString(UTF_8);
  }

  @Test
  void aSecretMovedToAnotherKeyDoesNotOpen() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    ApiKey stolen = newKey(tenant, app);
    ApiKey victim = newKey(tenant, app);

    sql(
        "update api_keys set sealed_secret = (select sealed_secret from api_keys where id = '%s')"
                .formatted(stolen.id())
            + " where id = '%s'".formatted(victim.id()));

    await("the forged key is left out", () -> directory().appOfKey(victim.id()) == null);
    assertThat(app(app).keys()).containsExactly(stolen);
  }

  @Test
  void aChangeMadeByHandIsSeen() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);

    sql("update apps set limits = 'messageBytes=77' where id = '%s'".formatted(app));
    await("the limit", () -> app(app).settings().limits().messageBytes() == 77);

    sql("update apps set id = 'renamed-%s' where id = '%s'".formatted(app, app));
    await("the new id", () -> directory().app(new AppId("renamed-" + app)) != null);
    assertThat(directory().app(app)).isNull();

    sql("delete from tenants where id = '%s'".formatted(tenant));
    await("it is gone", () -> directory().app(new AppId("renamed-" + app)) == null);
  }

  @Test
  void aChangeOfAPlanAndOfWhoHasItActsOnEveryNodeWithinASecond() throws Exception {
    LimitPlans plans = writer.bean(LimitPlans.class);
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    admin()
        .changeSettings(
            tenant,
            app,
            new AppSettings(
                true,
                AppSettings.Features.DEFAULT,
                AppSettings.Limits.DEFAULT.withOwn(Map.of(Limit.CONNECTIONS, 700L))));
    plans.put(new LimitPlan("small", Map.of(Limit.CONNECTIONS, 500L, Limit.MESSAGE_BYTES, 99L)));
    assertThat(plans.give(tenant, "none")).isEqualTo(Giving.NO_PLAN);
    assertThat(plans.give(tenant, "small")).isEqualTo(Giving.GIVEN);
    long given = System.nanoTime();
    await("the plan", () -> app(app).settings().limits().messageBytes() == 99);
    assertThat(app(app).settings().limits().connections()).isEqualTo(500);
    assertThat(Duration.ofNanos(System.nanoTime() - given)).isLessThan(Duration.ofSeconds(1));

    plans.put(new LimitPlan("small", Map.of(Limit.CONNECTIONS, 800L)));
    long changed = System.nanoTime();
    await("its change", () -> app(app).settings().limits().messageBytes() == 10_240);
    assertThat(app(app).settings().limits().connections()).isEqualTo(700);
    assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(1));

    assertThat(plans.ofTenant(tenant)).hasValue("small");
    assertThat(plans.remove("small")).isEqualTo(Removal.IN_USE);
    plans.give(tenant, "default");
    assertThat(plans.remove("small")).isEqualTo(Removal.REMOVED);
    assertThat(plans.remove("small")).isEqualTo(Removal.UNKNOWN);
    assertThat(plans.all()).containsExactly(LimitPlan.DEFAULT, LimitPlan.DEVELOPMENT);
  }

  @Test
  void anAppThatMakesNoSenseLeavesTheOthersAlone() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId odd = newApp(tenant);
    AppId sound = newApp(tenant);

    sql(
        "insert into channel_rules (tenant_id, app_id, pattern)"
            + " values ('%s', '%s', 'not a pattern')".formatted(tenant, odd));

    await("the odd one is left out", () -> directory().app(odd) == null);
    assertThat(directory().app(sound)).isNotNull();
  }

  @Test
  void changesArriveAfterTheListeningConnectionWasKilled() throws Exception {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);

    sql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'carillon directory' and datname = current_database()");
    ApiKey key = newKey(tenant, app);

    assertThat(app(app).keys()).containsExactly(key);
  }

  @Test
  void nodesThatBootstrapAtOnceMakeOneApp() throws Exception {
    AppId app = anyId();
    ApiKey key = anyKey();

    try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> bootstraps =
          Stream.of(writer, reader, writer, reader)
              .<Future<?>>map(node -> nodes.submit(() -> node.admin.bootstrap(app, key)))
              .toList();
      for (Future<?> bootstrap : bootstraps) {
        finish(bootstrap);
      }
    }

    await("the app", () -> directory().appOfKey(key.id()) != null);
    assertThat(admin().apps(app(app).tenant())).containsExactly(app(app));
  }

  private static void finish(Future<?> bootstrap) throws InterruptedException {
    try {
      bootstrap.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a node could not bootstrap", e);
    }
  }

  private static void sql(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
