package io.carillon.core.account;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.AppListings.AppListing;
import io.carillon.core.engine.Counters;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.limit.MessageRate.Ceilings;
import io.carillon.core.model.App;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.LimitPlan.Overrun;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookEndpoint;
import io.carillon.core.webhook.WebhookFormat;
import io.carillon.core.webhook.WebhookId;
import io.carillon.core.webhook.WebhookOutbox;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import io.carillon.core.webhook.WebhookSecrets;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.WebhookType;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class QuotaWatchTest {
  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");
  private static final App APP = TestNode.app(TestNode.APP);
  private static final TenantId TENANT = APP.tenant();

  private final FakeTicker ticker = new FakeTicker();
  private final MessageRate rate = new MessageRate(Counters.NONE, ticker, Ceilings.NONE);
  private final List<Mailer.Mail> mails = new ArrayList<>();
  private final List<Entry> told = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Kept kept = new Kept();
  private LimitPlan plan =
      new LimitPlan(
          "free", Map.of(Limit.MESSAGES_PER_DAY, 100L, Limit.DELIVERIES_PER_MONTH, 1_000L));

  private void compare() {
    Letters letters = new Letters(mails::add, () -> URI.create("https://console.example"));
    new QuotaWatch(
            new QuotaWatch.Parts(
                new Plans(),
                kept,
                new QuotaWatch.Telling(team(), letters, webhooks()),
                rate,
                () -> NOW,
                Duration.ofSeconds(30)))
        .compare();
  }

  @Test
  void eachThresholdIsToldOnceToOwnersAndAdmins() {
    kept.used = new QuotaAlerts.Used(TENANT, "Acme", 79, 500, 0);
    compare();
    assertThat(mails).isEmpty();

    kept.used = new QuotaAlerts.Used(TENANT, "Acme", 80, 500, 0);
    compare();
    compare();
    assertThat(mails).hasSize(2);
    assertThat(mails.getFirst().subject()).isEqualTo("Acme has used 80 % of messagesPerDay");
    assertThat(mails).extracting(mail -> mail.to().value()).containsExactly("o@x.org", "a@x.org");
    assertThat(mails.getFirst().text()).contains("80 of the 100").contains("2026-03-31");
    assertThat(told).hasSize(2).allMatch(entry -> entry.event().type() == WebhookType.QUOTA_ALERT);
    assertThat(told.getFirst().event().detail().data())
        .isEqualTo(
            "{\"percent\":80,\"used\":80,\"allowed\":100,\"from\":\"2026-03-31T00:00:00Z\"}");
    assertThat(told.getFirst().event().id()).isEqualTo(told.getLast().event().id());

    kept.used = new QuotaAlerts.Used(TENANT, "Acme", 170, 500, 0);
    compare();
    compare();
    assertThat(mails).hasSize(4);
    assertThat(mails.getLast().subject()).contains("100 %");
    assertThat(told).hasSize(4);
    assertThat(told.getLast().event().id()).isNotEqualTo(told.getFirst().event().id());
    assertThat(rate.take(APP, null, 1, 1)).isNull();
  }

  @Test
  void whatJumpsOverBothIsToldOnce() {
    kept.used = new QuotaAlerts.Used(TENANT, "Acme", 0, 0, 2_000);
    compare();
    compare();

    assertThat(mails).hasSize(2);
    assertThat(mails.getFirst().subject()).isEqualTo("Acme has used 100 % of deliveriesPerMonth");
  }

  @Test
  void aPlanMayHaveWhatIsBeyondRefusedUntilTheDayIsOver() {
    plan = new LimitPlan("free", plan.limits(), Overrun.REFUSE);
    kept.used = new QuotaAlerts.Used(TENANT, "Acme", 100, 500, 5_000);
    compare();

    assertThat(requireNonNull(rate.take(APP, null, 1, 1)).code())
        .isEqualTo(ErrorCode.QUOTA_USED_UP);
    assertThat(requireNonNull(rate.take(APP, null, 1, 1)).detail())
        .endsWith("until 2026-04-01T00:00:00Z");
    plan = new LimitPlan("free", Map.of(Limit.MESSAGES_PER_DAY, 200L), Overrun.REFUSE);
    compare();
    assertThat(rate.take(APP, null, 1, 1)).isNull();
  }

  /** Two endpoints that want it, with different channels, and one that does not. */
  private TeamWebhooks webhooks() {
    return new TeamWebhooks(
        only(AppListings.class, "apps", List.of(new AppListing(APP.id(), "Shop", NOW))),
        only(
            WebhookAdmin.class,
            "list",
            List.of(
                endpoint(WebhookType.QUOTA_ALERT, ""),
                endpoint(WebhookType.QUOTA_ALERT, "chat:"),
                endpoint(WebhookType.CLIENT_EVENT, ""))),
        (WebhookOutbox)
            Proxy.newProxyInstance(
                WebhookOutbox.class.getClassLoader(),
                new Class<?>[] {WebhookOutbox.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("add");
                  for (Object each : (List<?>) arguments[0]) {
                    Entry entry = (Entry) each;
                    // as an outbox does it
                    if (seen.add(entry.endpoint() + entry.event().id())) {
                      told.add(entry);
                    }
                  }
                  return null;
                }),
        () -> NOW);
  }

  private static WebhookAdmin.Listed endpoint(WebhookType type, String prefix) {
    WebhookSettings settings =
        new WebhookSettings(
            "",
            URI.create("https://example.com/hooks"),
            WebhookFormat.CARILLON,
            new WebhookSettings.Filter(Set.of(type), prefix),
            WebhookSettings.Sending.USUAL);
    return new WebhookAdmin.Listed(
        new WebhookEndpoint(
            new WebhookId(new UUID(type.word().length(), prefix.length())),
            APP.id(),
            settings,
            WebhookSecrets.of(Secret.of("s")),
            NOW),
        new WebhookAdmin.Backlog(0, 0, 0),
        new WebhookAdmin.Health(0, 0, 0));
  }

  /** One whose only call is this. */
  private static <T> T only(Class<T> port, String name, Object answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo(name);
              return answer;
            }));
  }

  private static Team team() {
    List<TeamMember> members = new ArrayList<>();
    for (TeamRole role : TeamRole.values()) {
      members.add(
          new TeamMember(
              new MemberId(new UUID(0, role.word().length())),
              new AccountId(new UUID(1, role.word().length())),
              EmailAddress.parse(role.word().charAt(0) + "@x.org").orElseThrow(),
              role,
              NOW));
    }
    return (Team)
        Proxy.newProxyInstance(
            Team.class.getClassLoader(),
            new Class<?>[] {Team.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("members");
              return members;
            });
  }

  private static final class Kept implements QuotaAlerts {
    private Used used = new Used(TENANT, "Acme", 0, 0, 0);
    private final Set<String> claimed = new HashSet<>();

    @Override
    public List<Used> used(String plan, Instant day, Instant month) {
      assertThat(day).isEqualTo(Instant.parse("2026-03-31T00:00:00Z"));
      assertThat(month).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
      return List.of(used);
    }

    @Override
    public boolean claim(Alert alert) {
      return claimed.add(alert.quota() + alert.from() + alert.percent());
    }
  }

  private final class Plans implements LimitPlans {
    @Override
    public List<LimitPlan> all() {
      return List.of(LimitPlan.DEFAULT, plan);
    }

    @Override
    public void put(LimitPlan plan) {
      throw new AssertionError();
    }

    @Override
    public Removal remove(String name) {
      throw new AssertionError();
    }

    @Override
    public Optional<String> ofTenant(TenantId tenant) {
      throw new AssertionError();
    }

    @Override
    public Giving give(TenantId tenant, String plan) {
      throw new AssertionError();
    }
  }
}
