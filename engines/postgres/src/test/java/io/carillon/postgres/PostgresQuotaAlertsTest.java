package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.QuotaAlerts;
import io.carillon.core.account.QuotaAlerts.Alert;
import io.carillon.core.account.QuotaAlerts.Used;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.engine.UsageStore;
import io.carillon.core.engine.UsageStore.Retained;
import io.carillon.core.engine.UsageStore.Row;
import io.carillon.core.meter.Quota;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.TenantId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What teams have used of their plans' quotas, and that each alert is told once. */
class PostgresQuotaAlertsTest {
  private static TestPostgres database;
  private static EngineUnderTest engine;
  private static QuotaAlerts alerts;

  private final Instant now = Instant.now();
  private final Instant day = Quota.MESSAGES_PER_DAY.beginOf(now);
  private final Instant month = Quota.MESSAGES_PER_MONTH.beginOf(now);

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    engine = EngineUnderTest.on(database);
    alerts = engine.bean(QuotaAlerts.class);
  }

  @AfterAll
  static void stop() throws SQLException {
    engine.close();
    database.close();
  }

  private static void used(AppId app, Instant at, long messages) {
    engine
        .bean(UsageStore.class)
        .write(
            List.of(
                new Row(
                    new UsageKey(app, new KeyId("key")),
                    at.getEpochSecond() / 60,
                    "process " + at,
                    new Usage(messages, 0, 3 * messages, 0, 0, 0))));
  }

  @Test
  void whatTheAppsOfATeamUsedIsAddedUpForItsPlan() {
    LimitPlans plans = engine.bean(LimitPlans.class);
    plans.put(new LimitPlan("small", Map.of(Limit.MESSAGES_PER_DAY, 100L)));
    TenantId acme = engine.admin.createTenant("Acme");
    TenantId other = engine.admin.createTenant("Other");
    plans.give(acme, "small");
    used(engine.admin.createApp(acme, "Chat"), now, 40);
    used(engine.admin.createApp(acme, "Shop"), day, 45);
    used(engine.admin.createApp(acme, "Old"), month.minusSeconds(60), 1_000);
    used(engine.admin.createApp(other, "Chat"), now, 7);

    assertThat(engine.bean(UsageStore.class).rollUp(new Retained(7, 90))).isTrue();
    assertThat(alerts.used("small", day, month))
        .containsExactly(new Used(acme, "Acme", 85, 85, 255));
    assertThat(alerts.used("default", day, month))
        .containsExactly(new Used(other, "Other", 7, 7, 21));
  }

  @Test
  void anAlertIsToldOnceForEachThresholdAndPeriod() {
    TenantId acme = engine.admin.createTenant("Acme");
    Alert alert = new Alert(acme, "messagesPerDay", day, 80, 85, 100);

    assertThat(alerts.claim(alert)).isTrue();
    assertThat(alerts.claim(alert)).isFalse();
    assertThat(alerts.claim(new Alert(acme, "messagesPerDay", day, 100, 101, 100))).isTrue();
    assertThat(alerts.claim(new Alert(acme, "messagesPerDay", day.plusSeconds(1), 80, 85, 100)))
        .isTrue();
  }
}
