package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.contract.ArchiveContract;
import io.carillon.contract.HandTicker;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract, and what is Postgres' own: days, retention, bounds, shutdown. */
class PostgresArchiveTest extends ArchiveContract {
  private static final ChannelId ROOM = ChannelId.of(new AppId("1"), ChannelName.of("room"));

  private static TestPostgres database;
  private static EngineUnderTest engine;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    engine = EngineUnderTest.on(database);
    for (String app : APPS) {
      engine.admin.bootstrap(new AppId(app), key(app));
    }
    sql(database, "update apps set created_at = '1970-01-01'");
  }

  private static ApiKey key(String app) {
    return new ApiKey(new KeyId("key-" + app), Secret.of("secret"), "test");
  }

  @AfterAll
  static void stop() throws SQLException {
    engine.close();
    database.close();
  }

  @Override
  protected Archive archive() {
    return engine.archive;
  }

  private static void sql(TestPostgres database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> days(TestPostgres database) throws SQLException {
    List<String> days = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select right(c.relname, 8) from pg_inherits i join pg_class c on c.oid = inhrelid"
                    + " where inhparent = 'archive'::regclass order by 1")) {
      while (rows.next()) {
        days.add(rows.getString(1));
      }
    }
    return days;
  }

  private static PGSimpleDataSource source(TestPostgres database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(database.url());
    if (!database.user().isEmpty()) {
      source.setUser(database.user());
      source.setPassword(database.password());
    }
    return source;
  }

  private static Publication publication(ChannelId channel, long offset, long acceptedMillis) {
    Message message = new Message(null, "e", Payload.text("m"), Origin.Backend.TO_EVERYONE);
    return new Publication(channel, new Position(1, offset), message, acceptedMillis);
  }

  private static <T> T answer(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void daysAreMadeAheadAndDroppedWhenNoRuleKeepsThemLonger() throws Exception {
    HandTicker ticker = new HandTicker();
    try (TestPostgres own = TestPostgres.database();
        EngineUnderTest other = EngineUnderTest.on(own)) {
      TenantId tenant = other.admin.createTenant("Notre-Dame");
      AppId app = other.admin.createApp(tenant, "carillon");
      sql(own, "drop table archive; " + archiveTableAlone());
      setHistoryDays(other, tenant, app, 2, 5);
      try (PostgresArchive archive = new PostgresArchive(source(own), source(own), ticker)) {
        archive.start();
        assertThat(days(own)).containsExactly("20261118", "20261119", "20261120");

        ticker.advance(Duration.ofDays(5));
        archive.maintain();
        assertThat(days(own)).contains("20261118", "20261123", "20261125");

        ticker.advance(Duration.ofDays(1));
        archive.maintain();
        assertThat(days(own)).doesNotContain("20261118").contains("20261119", "20261126");

        setHistoryDays(other, tenant, app, 2);
        archive.maintain();
        assertThat(days(own)).doesNotContain("20261119").contains("20261123");
      }
    }
  }

  private static String archiveTableAlone() {
    return "create table archive (day date not null) partition by range (day)";
  }

  private static void setHistoryDays(
      EngineUnderTest engine, TenantId tenant, AppId app, int... days) {
    List<ChannelRule> rules = new ArrayList<>();
    for (int each : days) {
      rules.add(new ChannelRule(new ChannelPattern("keep-" + each), null, null, null, each));
    }
    assertThat(engine.admin.replaceRules(tenant, app, rules)).isTrue();
  }

  @Test
  void aDeletedAppLeavesNothingToOneOfTheSameName() throws Exception {
    AppId app = new AppId("again-" + UUID.randomUUID());
    ChannelId channel = ChannelId.of(app, ChannelName.of("room"));
    engine.admin.bootstrap(app, key(app.value()));
    sql(database, "update apps set created_at = '1970-01-01' where id = '%s'".formatted(app));
    answer(archive().append(publication(channel, 1, ACCEPTED_MILLIS)));
    Range all = new Range(channel, Order.OLDEST_FIRST, null, 9, 0);
    assertThat(answer(archive().read(all))).hasSize(1);

    sql(database, "delete from apps where id = '%s'".formatted(app));
    assertThat(answer(archive().read(all))).isEmpty();
    engine.admin.bootstrap(app, key(app.value()));
    assertThat(answer(archive().read(all))).isEmpty();
  }

  @Test
  void theRulesTellSinceWhenTheyAreWhatTheyAre() {
    TenantId tenant = engine.admin.createTenant("Notre-Dame");
    AppId app = engine.admin.createApp(tenant, "carillon");
    assertThat(engine.admin.apps(tenant).getFirst().rulesSinceMillis()).isZero();

    setHistoryDays(engine, tenant, app, 3);
    long first = engine.admin.apps(tenant).getFirst().rulesSinceMillis();
    setHistoryDays(engine, tenant, app, 3);

    assertThat(first).isPositive();
    assertThat(engine.admin.apps(tenant).getFirst().rulesSinceMillis()).isGreaterThan(first);
  }

  @Test
  void oneRowThatTheTableDoesNotTakeIsNotTheOthersLoss() throws Exception {
    sql(database, "alter table archive add constraint odd check (channel <> 'odd')");
    ChannelId odd = ChannelId.of(ROOM.app(), ChannelName.of("odd"));
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (int offset = 1; offset <= 100; offset++) {
      ChannelId channel = offset == 50 ? odd : ROOM;
      commits.add(
          archive().append(publication(channel, offset, ACCEPTED_MILLIS)).toCompletableFuture());
    }

    for (CompletableFuture<Void> commit : commits) {
      commit.handle((done, failure) -> failure).get(20, TimeUnit.SECONDS);
    }
    assertThat(commits).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(1);
    assertThat(answer(archive().read(new Range(ROOM, Order.OLDEST_FIRST, null, 200, 0))))
        .hasSize(99);
  }

  @Test
  void closingWritesWhatWasTakenAndTakesNothingMore() throws Exception {
    ChannelId channel = ChannelId.of(ROOM.app(), ChannelName.of("closing"));
    PostgresArchive closing =
        new PostgresArchive(source(database), source(database), new HandTicker());
    closing.start();
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (int offset = 1; offset <= 1_000; offset++) {
      commits.add(
          closing.append(publication(channel, offset, ACCEPTED_MILLIS)).toCompletableFuture());
    }
    closing.close();

    assertThat(commits).allMatch(commit -> commit.isDone() && !commit.isCompletedExceptionally());
    assertThat(closing.append(publication(channel, 1_001, ACCEPTED_MILLIS)).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(answer(archive().read(new Range(channel, Order.OLDEST_FIRST, null, 2_000, 0))))
        .hasSize(1_000);
  }

  @Test
  void aFullQueueRefusesAtOnceAndAnUnreachableServerInTime() throws Exception {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1");
    try (PostgresArchive down = new PostgresArchive(source(database), nowhere, new HandTicker())) {
      down.start();
      List<CompletableFuture<Void>> commits = new ArrayList<>();
      long asked = System.nanoTime();
      boolean refused = false;
      for (int offset = 1; !refused; offset++) {
        CompletableFuture<Void> commit =
            down.append(publication(ROOM, offset, ACCEPTED_MILLIS)).toCompletableFuture();
        refused = commit.isCompletedExceptionally();
        commits.add(commit);
        assertThat(offset).isLessThan(25_000);
      }
      for (CompletableFuture<Void> commit : commits) {
        commit.handle((done, failure) -> failure).get(20, TimeUnit.SECONDS);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));
      assertThat(commits).allMatch(CompletableFuture::isCompletedExceptionally);
    }
  }
}
