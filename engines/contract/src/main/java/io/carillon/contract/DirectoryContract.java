package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.engine.Revocation;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.engine.RuleAdmin.PutOutcome;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Origins;
import io.carillon.core.model.Secret;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.model.Standing;
import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@link DirectoryAdmin} writes, {@link Directory} tells, and one tenant nothing of another's.
 * The tests share one directory; each makes tenants and applications of its own.
 */
public abstract class DirectoryContract {
  /** The promise is one second; the other is for a busy machine. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(2);

  private static final AppSettings OTHER_SETTINGS =
      new AppSettings(
          false,
          new Features(true, true, true),
          new Limits(1, 2, 3, 4, 5),
          new Origins(List.of("https://a.example", "https://b.example:8443")));

  private final Semaphore changes = new Semaphore(0);
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  protected abstract Directory directory();

  protected abstract DirectoryAdmin admin();

  protected abstract RuleAdmin rules();

  protected abstract RevocationAdmin revocations();

  @BeforeEach
  void watch() {
    directory().onChange(id -> changes.release());
  }

  /** Waits until the directory has changed so that this holds. */
  protected final void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + SEEN_WITHIN.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        boolean changed = changes.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(changed || condition.getAsBoolean()).as(what).isTrue();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  protected final AppId newApp(TenantId tenant) {
    AppId app = admin().createApp(tenant, "carillon");
    await("the new app is there", () -> directory().app(app) != null);
    return app;
  }

  protected final App app(AppId id) {
    return Objects.requireNonNull(directory().app(id));
  }

  protected final ApiKey newKey(TenantId tenant, AppId app) {
    ApiKey key = admin().createKey(tenant, app, "main").orElseThrow();
    await("the new key is there", () -> directory().appOfKey(key.id()) != null);
    return key;
  }

  protected final ApiKey anyKey() {
    String random = UUID.randomUUID().toString();
    return new ApiKey(new KeyId(random), Secret.of("secret-" + random), "bootstrap");
  }

  protected final AppId anyId() {
    return new AppId(UUID.randomUUID().toString());
  }

  @Test
  void aNewAppHasTheDefaultsAndANumberAsPusherLibrariesWantIt() {
    TenantId tenant = admin().createTenant("Notre-Dame");

    App app = app(newApp(tenant));

    assertThat(app.tenant()).isEqualTo(tenant);
    assertThat(app.settings()).isEqualTo(AppSettings.DEFAULT);
    assertThat(app.keys()).isEmpty();
    assertThat(app.rules()).isEmpty();
    assertThat(app.id().value()).matches("[1-9][0-9]{6,9}");
    assertThat(admin().apps(tenant)).containsExactly(app);
  }

  @Test
  void appsAreListedOldestFirst() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    List<AppId> made = List.of(newApp(tenant), newApp(tenant), newApp(tenant));

    assertThat(admin().apps(tenant)).extracting(App::id).isEqualTo(made);
  }

  @Test
  void aTenantIsDeletedWithItsAppsAndKeys() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    TenantId other = admin().createTenant("Sainte-Chapelle");
    AppId first = newApp(tenant);
    AppId second = newApp(tenant);
    AppId kept = newApp(other);
    ApiKey key = newKey(tenant, first);
    await("the apps", () -> directory().app(first) != null && directory().app(second) != null);

    assertThat(admin().deleteTenant(tenant)).isTrue();

    await("no app", () -> directory().app(first) == null && directory().app(second) == null);
    assertThat(directory().appOfKey(key.id())).isNull();
    assertThat(admin().apps(tenant)).isEmpty();
    assertThat(admin().deleteTenant(tenant)).isFalse();
    assertThat(directory().app(kept)).isNotNull();
  }

  @Test
  void aTenantThatDoesNotExistGetsNoApp() {
    TenantId nobody = new TenantId(UUID.randomUUID());

    assertThatThrownBy(() -> admin().createApp(nobody, "carillon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(nobody.toString());
    assertThat(admin().apps(nobody)).isEmpty();
  }

  @Test
  void namesHaveABound() {
    assertThatThrownBy(() -> admin().createTenant("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> admin().createTenant("x".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tenant name: 101 characters (expected: 1 to 100)");
  }

  @Test
  void settingsAreReplacedAsAWhole() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);

    assertThat(admin().changeSettings(tenant, app, OTHER_SETTINGS)).isTrue();

    await("the new settings", () -> app(app).settings().equals(OTHER_SETTINGS));
  }

  @Test
  void aKeyIsFoundWithItsSecretUntilItIsRevoked() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    ApiKey first = newKey(tenant, app);
    ApiKey second = newKey(tenant, app);

    assertThat(directory().appOfKey(second.id())).isEqualTo(app(app));
    assertThat(app(app).keys()).containsExactly(first, second);
    assertThat(first.id().value()).matches("[0-9a-f]{20}");
    assertThat(first.secret().reveal()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(first.secret()).isNotEqualTo(second.secret());

    assertThat(admin().revokeKey(tenant, app, first.id())).isTrue();
    await("the key is gone", () -> directory().appOfKey(first.id()) == null);
    assertThat(app(app).keys()).containsExactly(second);
    assertThat(admin().revokeKey(tenant, app, first.id())).isFalse();
  }

  @Test
  void aKeysLimitIsKeptAndChanged() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    Capabilities limit =
        Capabilities.of(
            Map.of(
                new ChannelPattern("chat:*"),
                Set.of(Operation.PUBLISH, Operation.MESSAGE_UPDATE_OWN)));
    ApiKey limited = admin().createKey(tenant, app, new KeyTraits("bot", limit)).orElseThrow();
    await("the limited key", () -> limited.equals(app(app).key(limited.id())));
    assertThat(limited.limit()).isEqualTo(limit);

    assertThat(admin().changeKey(tenant, app, limited.id(), new KeyTraits("free", null))).isTrue();
    await("no limit", () -> app(app).limitOf(limited.id()) == null);
    assertThat(app(app).keys())
        .containsExactly(new ApiKey(limited.id(), limited.secret(), "free", null));

    TenantId other = admin().createTenant("Saint-Denis");
    assertThat(admin().changeKey(other, app, limited.id(), new KeyTraits("mine", limit))).isFalse();
    assertThat(app(app).limitOf(limited.id())).isNull();
  }

  @Test
  void rulesAreReplacedAsAWholeAndStandMostSpecificFirst() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    ChannelRule open = new ChannelRule(new ChannelPattern("*"), null, null, null, null);

    assertThat(admin().replaceRules(tenant, app, List.of(open, fullRule("chat:*")))).isTrue();
    await("both rules", () -> app(app).rules().equals(List.of(fullRule("chat:*"), open)));

    assertThat(admin().replaceRules(tenant, app, List.of())).isTrue();
    await("no rule", () -> app(app).rules().isEmpty());
    assertThatThrownBy(() -> admin().replaceRules(tenant, app, List.of(open, open)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ChannelRule fullRule(String pattern) {
    return new ChannelRule(
        new ChannelPattern(pattern),
        512,
        true,
        new HotWindow(10, 60),
        30,
        new Admission(Standing.SERVER, Standing.TOKENS, Standing.CLIENTS),
        new Content(List.of("said", "typing é"), "{\"type\":\"object\"}"),
        SlowPolicy.LATEST_PER_KEY);
  }

  @Test
  void singleRulesArePutAndRemoved() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    ChannelRule plain = new ChannelRule(new ChannelPattern("chat:*"), 1, null, null, null);
    ChannelPattern pattern = plain.pattern();

    assertThat(rules().put(tenant, app, plain)).isEqualTo(PutOutcome.CREATED);
    await("the rule", () -> app(app).rules().equals(List.of(plain)));

    assertThat(rules().put(tenant, app, fullRule("chat:*"))).isEqualTo(PutOutcome.REPLACED);
    await("the other rule", () -> app(app).rules().equals(List.of(fullRule("chat:*"))));
    long since = app(app).rulesSinceMillis();
    assertThat(rules().put(tenant, app, fullRule("chat:*"))).isEqualTo(PutOutcome.REPLACED);
    assertThat(admin().apps(tenant).getFirst().rulesSinceMillis()).isEqualTo(since);

    TenantId other = admin().createTenant("Saint-Denis");
    assertThat(rules().put(other, app, plain)).isEqualTo(PutOutcome.NO_APP);
    assertThat(rules().remove(other, app, pattern)).isFalse();

    assertThat(rules().remove(tenant, app, pattern)).isTrue();
    await("no rule", () -> app(app).rules().isEmpty());
    assertThat(rules().remove(tenant, app, pattern)).isFalse();
  }

  @Test
  void rulesHaveABound() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    admin()
        .replaceRules(
            tenant, app, IntStream.range(0, App.RULES_MAX).mapToObj(i -> rule("r" + i)).toList());

    assertThat(rules().put(tenant, app, rule("one-more"))).isEqualTo(PutOutcome.TOO_MANY);
    assertThat(rules().put(tenant, app, rule("r7"))).isEqualTo(PutOutcome.REPLACED);
  }

  private static ChannelRule rule(String pattern) {
    return new ChannelRule(new ChannelPattern(pattern), null, null, null, null);
  }

  @Test
  void revocationsAreToldAndKept() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    Queue<Revocation> heard = new ConcurrentLinkedQueue<>();
    directory()
        .onRevocation(
            revocation -> {
              if (revocation.order().app().equals(app)) {
                heard.add(revocation);
                changes.release();
              }
            });
    long now = System.currentTimeMillis();
    Revocation first = revocation(app, By.CLIENT, "anna \ud83d\ude00", now - 5_000);
    Revocation second = revocation(app, By.TOKEN, "t1", now);

    assertThat(revocations().keep(tenant, first)).isTrue();
    assertThat(revocations().keep(tenant, second)).isTrue();
    await("both are told", () -> heard.containsAll(List.of(first, second)));

    List<Revocation> atStart = new ArrayList<>();
    directory().onRevocation(atStart::add);
    assertThat(atStart).containsSubsequence(first, second);

    Revocation later = revocation(app, By.CLIENT, "anna \ud83d\ude00", now);
    assertThat(revocations().keep(tenant, later)).isTrue();
    assertThat(revocations().keep(tenant, first)).isTrue();
    await("the later time is told", () -> heard.contains(later));
    atStart.clear();
    directory().onRevocation(atStart::add);
    assertThat(atStart).contains(later, second).doesNotContain(first);
  }

  @Test
  void anotherTenantsTokensAreNotRevoked() {
    TenantId owner = admin().createTenant("Notre-Dame");
    TenantId other = admin().createTenant("Saint-Denis");
    Revocation revocation = revocation(newApp(owner), By.TOKEN, "t1", System.currentTimeMillis());

    assertThat(revocations().keep(other, revocation)).isFalse();
    assertThat(revocations().keep(owner, revocation(anyId(), By.KEY, "k", 1))).isFalse();

    List<Revocation> kept = new ArrayList<>();
    directory().onRevocation(kept::add);
    assertThat(kept).doesNotContain(revocation);
  }

  private static Revocation revocation(AppId app, By by, String value, long atMillis) {
    return new Revocation(new RevokeTokens(app, by, value, atMillis / 1_000), atMillis);
  }

  @Test
  void aDeletedAppTakesItsKeysAndRulesAlong() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    ApiKey key = newKey(tenant, app);
    admin()
        .replaceRules(
            tenant, app, List.of(new ChannelRule(new ChannelPattern("*"), 1, null, null, null)));

    assertThat(admin().deleteApp(tenant, app)).isTrue();

    await("the app is gone", () -> directory().app(app) == null);
    assertThat(directory().appOfKey(key.id())).isNull();
    assertThat(admin().apps(tenant)).isEmpty();
    assertThat(admin().deleteApp(tenant, app)).isFalse();
  }

  @Test
  void anotherTenantsAppIsAsIfItDidNotExist() {
    TenantId owner = admin().createTenant("Notre-Dame");
    TenantId other = admin().createTenant("Saint-Denis");
    AppId app = newApp(owner);
    ApiKey key = newKey(owner, app);
    App before = app(app);

    assertThat(admin().apps(other)).isEmpty();
    assertThat(admin().changeSettings(other, app, OTHER_SETTINGS)).isFalse();
    assertThat(admin().createKey(other, app, "mine")).isEmpty();
    assertThat(admin().revokeKey(other, app, key.id())).isFalse();
    assertThat(admin().replaceRules(other, app, List.of())).isFalse();
    assertThat(admin().deleteApp(other, app)).isFalse();

    assertThat(admin().apps(owner)).containsExactly(before);
  }

  @Test
  void aKeyIsRevokedOnlyAtItsOwnApp() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    AppId sibling = newApp(tenant);
    ApiKey key = newKey(tenant, app);

    assertThat(admin().revokeKey(tenant, sibling, key.id())).isFalse();
    assertThat(admin().apps(tenant).getFirst().keys()).containsExactly(key);
  }

  @Test
  void bootstrapMakesTheAppAndPutsAnExistingOneRight() {
    AppId app = anyId();
    ApiKey key = anyKey();

    admin().bootstrap(app, key);
    await("the app and its key", () -> directory().appOfKey(key.id()) != null);
    App made = app(app);
    assertThat(made.settings()).isEqualTo(AppSettings.DEVELOPMENT);
    assertThat(made.keys()).containsExactly(key);

    admin().bootstrap(app, key);
    assertThat(admin().apps(made.tenant())).containsExactly(made);

    admin().changeSettings(made.tenant(), app, OTHER_SETTINGS);
    ApiKey newSecret = new ApiKey(key.id(), Secret.of("another"), "changed");
    admin().bootstrap(app, newSecret);
    assertThat(admin().apps(made.tenant()))
        .containsExactly(
            new App(app, made.tenant(), AppSettings.DEVELOPMENT, List.of(newSecret), List.of()));
  }

  @Test
  void bootstrapTakesNoKeyFromAnotherApp() {
    AppId first = anyId();
    AppId second = anyId();
    ApiKey key = anyKey();
    admin().bootstrap(first, key);

    assertThatThrownBy(() -> admin().bootstrap(second, key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key.id().value());
    await("the first app has the key", () -> directory().appOfKey(key.id()) != null);
    assertThat(app(first).keys()).containsExactly(key);
    assertThat(directory().app(second)).isNull();
  }

  @Test
  void aListenerIsToldWhenTheNewStateCanBeRead() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    directory()
        .onChange(
            id -> {
              if (id.equals(app)) {
                App read = directory().app(id);
                told.add(read == null ? "removed" : "enabled: " + read.settings().enabled());
                changes.release();
              }
            });

    admin().changeSettings(tenant, app, OTHER_SETTINGS);
    await("the change is told", () -> told.contains("enabled: false"));
    admin().deleteApp(tenant, app);
    await("the removal is told", () -> told.contains("removed"));
  }

  @Test
  void idsAndSecretsDoNotRepeat() {
    TenantId tenant = admin().createTenant("Notre-Dame");
    AppId app = newApp(tenant);
    Set<KeyId> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(admin().createKey(tenant, app, "key " + i).orElseThrow().id());
    }

    assertThat(ids).hasSize(20);
  }
}
