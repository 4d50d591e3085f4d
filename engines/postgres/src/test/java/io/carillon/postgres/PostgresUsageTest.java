package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.core.engine.UsageStore;
import io.carillon.core.engine.UsageStore.Line;
import io.carillon.core.engine.UsageStore.Query;
import io.carillon.core.engine.UsageStore.Retained;
import io.carillon.core.engine.UsageStore.Row;
import io.carillon.core.engine.UsageStore.Split;
import io.carillon.core.engine.UsageStore.Step;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.TenantId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage in tables: what is written twice counts once, and sums agree with their parts. */
class PostgresUsageTest {
  private static final Retained RETAINED = new Retained(7, 90);
  private final Instant noon =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(36));
  private static final int LINES_MAX = 100;

  private static TestPostgres database;
  private static EngineUnderTest engine;
  private static UsageStore store;

  private TenantId tenant;
  private AppId app;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    engine = EngineUnderTest.on(database);
    store = engine.bean(UsageStore.class);
  }

  @AfterAll
  static void stop() throws SQLException {
    engine.close();
    database.close();
  }

  @BeforeEach
  void make() {
    tenant = engine.admin.createTenant("Acme");
    app = engine.admin.createApp(tenant, "Chat");
  }

  private Row row(String key, Duration after, String source, long messages) {
    return new Row(
        new UsageKey(app, new KeyId(key)),
        noon.plus(after).getEpochSecond() / 60,
        source,
        new Usage(messages, 10 * messages, 3 * messages, 90, 60_000, 5));
  }

  private List<Line> read(@Nullable AppId of, Step step, Split split) {
    Query query =
        new Query(
            tenant,
            of,
            noon.minus(Duration.ofDays(40)),
            noon.plus(Duration.ofDays(2)),
            step,
            split);
    return store.read(query, LINES_MAX);
  }

  @Test
  void writingTwiceIsWritingOnce() {
    List<Row> rows = List.of(row("one", Duration.ZERO, "a", 4), row("two", Duration.ZERO, "a", 5));
    store.write(rows);
    store.write(rows);

    assertThat(read(app, Step.MINUTE, Split.NOTHING))
        .containsExactly(new Line(noon, "", new Usage(9, 90, 27, 180, 120_000, 10)));
    assertThat(store.writtenBy("a")).containsAll(rows);
  }

  @Test
  void aRowReplacesWhatItsSourceSaidBeforeAndNothingOlder() {
    store.write(List.of(row("one", Duration.ZERO, "b", 4)));
    store.write(List.of(row("one", Duration.ZERO, "b", 7)));
    store.write(List.of(row("one", Duration.ZERO, "b", 6)));
    store.write(List.of(row("one", Duration.ZERO, "another process", 2)));

    assertThat(read(app, Step.MINUTE, Split.KEY))
        .extracting(Line::of, line -> line.usage().messages())
        .containsExactly(tuple("one", 9L));
  }

  @Test
  void hoursDaysAndMonthsAddUp() {
    store.write(
        List.of(
            row("one", Duration.ofMinutes(1), "c", 1),
            row("one", Duration.ofMinutes(2), "c", 2),
            row("two", Duration.ofMinutes(2), "c", 3),
            row("one", Duration.ofHours(1), "c", 4)));
    assertThat(store.rollUp(RETAINED)).isTrue();
    store.write(List.of(row("one", Duration.ofMinutes(59), "c", 5)));
    store.rollUp(RETAINED);
    store.rollUp(RETAINED);

    assertThat(read(app, Step.HOUR, Split.KEY))
        .extracting(line -> line.of() + " " + line.usage().messages())
        .containsExactly("one 8", "two 3", "one 4");
    assertThat(read(app, Step.DAY, Split.NOTHING).getFirst().usage())
        .isEqualTo(new Usage(15, 150, 45, 450, 300_000, 10));
    assertThat(read(null, Step.MONTH, Split.APP))
        .extracting(line -> line.of() + " " + line.usage().messages())
        .containsExactly(app + " 15");
  }

  @Test
  void whatIsTooOldGoesAndItsSumsStay() {
    Row old = row("one", Duration.ofDays(-6), "d", 4);
    store.write(List.of(old));
    store.rollUp(new Retained(30, 90));
    store.rollUp(new Retained(2, 90));

    assertThat(read(app, Step.MINUTE, Split.NOTHING)).isEmpty();
    assertThat(read(app, Step.HOUR, Split.NOTHING)).hasSize(1);
    store.rollUp(new Retained(2, 2));
    assertThat(read(app, Step.HOUR, Split.NOTHING)).isEmpty();
    assertThat(read(app, Step.DAY, Split.NOTHING)).hasSize(1);
  }

  @Test
  void aTenantSeesItsOwnAlsoWhenItsApplicationIsGone() {
    store.write(List.of(row("one", Duration.ZERO, "e", 4)));
    TenantId other = engine.admin.createTenant("Other");
    Query foreign =
        new Query(
            other,
            app,
            noon.minus(Duration.ofDays(1)),
            noon.plus(Duration.ofDays(1)),
            Step.MINUTE,
            Split.NOTHING);
    assertThat(store.read(foreign, LINES_MAX)).isEmpty();

    engine.admin.deleteApp(tenant, app);
    store.write(List.of(row("one", Duration.ofMinutes(1), "e", 4)));

    assertThat(read(null, Step.MINUTE, Split.APP)).hasSize(1);
  }
}
