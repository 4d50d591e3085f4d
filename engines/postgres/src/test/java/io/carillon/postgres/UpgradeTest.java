package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This server on what older ones have left, and an older one (this) on what a newer one did. */
class UpgradeTest {
  private static final Path FILES = Path.of("src/main/resources/carillon/postgres/migrations");
  private static final String MIGRATIONS = "classpath:carillon/postgres/migrations";
  private static final String NEXT = "classpath:carillon/postgres/next";

  /** Of those before, back was not promised. */
  private static final int FIRST_THAT_CAN_GO_BACK = 16;

  private static final Pattern TAKES_AWAY =
      Pattern.compile(
          "drop\\s+(table|column|view|constraint)|\\brename\\b|set\\s+not\\s+null|alter\\s+column\\s+\\w+\\s+type",
          Pattern.CASE_INSENSITIVE);

  private static final AppId APP = new AppId("4711");
  private static final KeyId KEY = new KeyId("old-key");

  private static void migrate(TestPostgres database, String target, String... locations) {
    Flyway.configure()
        .dataSource(database.url(), database.user(), database.password())
        .locations(locations)
        .target(target)
        .load()
        .migrate();
  }

  private static void run(TestPostgres database, String text) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** As the first version wrote them. */
  private static void fill(TestPostgres database) throws SQLException {
    SecretSeal seal = SecretSeal.of(EngineUnderTest.MASTER_KEY);
    String sealed = HexFormat.of().formatHex(seal.seal(APP, KEY, Secret.of("kept")));
    UUID team = new UUID(1, 1);
    run(
        database,
        """
        insert into tenants (id, name, created_at) values ('%1$s', 'Old', now());
        insert into apps (id, tenant_id, name, enabled, client_events, subscription_counts,
            require_sign_in, connections, message_bytes, client_events_per_second,
            presence_members, channels_per_connection, created_at)
          values ('4711', '%1$s', 'Chat', true, true, false, false, 20, 10240, 10, 100, 1000, now());
        insert into api_keys (id, tenant_id, app_id, sealed_secret, label, created_at)
          values ('old-key', '%1$s', '4711', '\\x%2$s', 'backend', now());
        """
            .formatted(team, sealed));
  }

  private static void works(EngineUnderTest engine) throws InterruptedException {
    App app = requireNonNull(engine.directory.app(APP));
    assertThat(app.keys())
        .singleElement()
        .extracting(key -> new String(key.secret().reveal(), UTF_8))
        .isEqualTo("kept");
    ApiKey key = new ApiKey(new KeyId("new-key"), Secret.of("new"), "new");
    AppId made = new AppId("4712");
    CountDownLatch told = new CountDownLatch(1);
    engine.directory.onChange(
        id -> {
          if (id.equals(made)) {
            told.countDown();
          }
        });
    engine.admin.bootstrap(made, key);
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(requireNonNull(engine.directory.app(made)).keys())
        .extracting(ApiKey::id)
        .containsExactly(key.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4", "8", "12", "15"})
  void whatAnOlderVersionLeftIsTakenOver(String version) throws Exception {
    try (TestPostgres database = TestPostgres.database()) {
      migrate(database, version, MIGRATIONS);
      fill(database);

      try (EngineUnderTest engine = EngineUnderTest.on(database)) {
        works(engine);
      }
    }
  }

  @Test
  void anUpgradeCanBeTakenBack() throws Exception {
    try (TestPostgres database = TestPostgres.database()) {
      migrate(database, "latest", MIGRATIONS, NEXT);
      fill(database);

      try (EngineUnderTest engine = EngineUnderTest.on(database)) {
        works(engine);
      }
    }
  }

  @Test
  void aSchemaThatThisServerWouldDamageIsToldAtStart() throws Exception {
    try (TestPostgres database = TestPostgres.database()) {
      migrate(database, "latest", MIGRATIONS, NEXT);
      run(database, "update schema_floor set migration = 9000");

      assertThatThrownBy(() -> EngineUnderTest.on(database))
          .rootCause()
          .isInstanceOf(NewerSchemaException.class)
          .hasMessage(
              "this database is of schema 9001, which servers before schema 9000 would damage"
                  + " (expected: a Carillon as new as that; this one has "
                  + SchemaVersion.KNOWN
                  + ")");
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.toList();
    }
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"));
  }

  @Test
  void theServerKnowsItsNewestMigration() throws IOException {
    assertThat(files()).extracting(UpgradeTest::version).contains(SchemaVersion.KNOWN);
    assertThat(files())
        .extracting(UpgradeTest::version)
        .allMatch(each -> each <= SchemaVersion.KNOWN);
  }

  @Test
  void aMigrationThatTakesAwayRaisesTheFloor() throws IOException {
    for (Path file : files()) {
      String text = Files.readString(file).replaceAll("--.*", "");
      if (version(file) >= FIRST_THAT_CAN_GO_BACK && TAKES_AWAY.matcher(text).find()) {
        assertThat(text).as("%s", file).contains("update schema_floor set migration");
      }
    }
  }
}
