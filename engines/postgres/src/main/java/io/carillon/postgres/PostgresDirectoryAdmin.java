package io.carillon.postgres;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Changes the tables of the directory, one transaction a call; the tables' triggers tell the nodes.
 * Immutable, thread-safe.
 */
final class PostgresDirectoryAdmin implements DirectoryAdmin {
  private static final int MAX_NAME_LENGTH = 100;
  private static final int KEY_BYTES = 10;
  private static final int SECRET_BYTES = 20;

  /** Seven to ten digits, as Pusher's libraries accept them in a URL. */
  private static final long LEAST_APP_ID = 1_000_000L;

  private static final long BEYOND_APP_IDS = 10_000_000_000L;

  /** Any number, as long as all nodes use this one. */
  private static final long BOOTSTRAP_LOCK = 0x4341_5249_4c4c_4f4eL;

  private final DirectoryTables tables;
  private final TenantRepository tenants;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();

  PostgresDirectoryAdmin(DirectoryTables tables, TenantRepository tenants) {
    this.tables = tables;
    this.tenants = tenants;
  }

  @Override
  public TenantId createTenant(String name) {
    checkName("tenant name", name);
    return new TenantId(tenants.save(new TenantRow(UUID.randomUUID(), name, now())).id());
  }

  /** Its rows go with it, and their triggers tell of each application. */
  @Override
  public boolean deleteTenant(TenantId tenant) {
    return tenants.remove(tenant.value()) > 0;
  }

  @Override
  public AppId createApp(TenantId tenant, String name) {
    checkName("app name", name);
    return changing(
        () -> {
          if (!tenants.existsById(tenant.value())) {
            throw new IllegalArgumentException(
                "tenant: " + tenant + " (expected: an existing one)");
          }
          AppId id = unusedId();
          tables
              .apps()
              .save(AppRow.of(id.value(), tenant.value(), name, AppSettings.DEFAULT, now()));
          return id;
        });
  }

  /** Nobody guards it until it is saved; the table then refuses the one that came second. */
  private AppId unusedId() {
    String id;
    do {
      id = Long.toString(random.nextLong(LEAST_APP_ID, BEYOND_APP_IDS));
    } while (tables.apps().findById(id).isPresent());
    return new AppId(id);
  }

  @Override
  public List<App> apps(TenantId tenant) {
    return tables.ofTenant(tenant);
  }

  @Override
  public boolean changeSettings(TenantId tenant, AppId app, AppSettings settings) {
    return changing(
        () -> {
          Optional<AppRow> row = locked(tenant, app);
          row.ifPresent(existing -> tables.apps().changeSettings(existing.with(settings)));
          return row.isPresent();
        });
  }

  @Override
  public Optional<ApiKey> createKey(TenantId tenant, AppId app, KeyTraits traits) {
    checkName("label", traits.label());
    return changing(
        () ->
            locked(tenant, app)
                .map(
                    row -> {
                      ApiKey key =
                          new ApiKey(
                              new KeyId(randomHex(KEY_BYTES)),
                              Secret.of(randomHex(SECRET_BYTES)),
                              traits.label(),
                              traits.limit());
                      tables.keys().save(sealed(tenant.value(), app, key));
                      return key;
                    }));
  }

  @Override
  public boolean changeKey(TenantId tenant, AppId app, KeyId key, KeyTraits traits) {
    checkName("label", traits.label());
    return tables
            .keys()
            .changeTraits(
                tenant.value(),
                app.value(),
                key.value(),
                traits.label(),
                WrittenCapabilities.write(traits.limit()))
        > 0;
  }

  @Override
  public boolean revokeKey(TenantId tenant, AppId app, KeyId key) {
    return tables.keys().deleteByTenantIdAndAppIdAndId(tenant.value(), app.value(), key.value())
        > 0;
  }

  @Override
  public boolean replaceRules(TenantId tenant, AppId app, List<ChannelRule> rules) {
    if (rules.size() > App.RULES_MAX) {
      throw new IllegalArgumentException(
          "rules: " + rules.size() + " (expected: up to " + App.RULES_MAX + ")");
    }
    if (rules.stream().map(ChannelRule::pattern).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("rules: a pattern twice (expected: one rule for each)");
    }
    return changing(
        () -> {
          if (locked(tenant, app).isEmpty()) {
            return false;
          }
          tables.rules().deleteByTenantIdAndAppId(tenant.value(), app.value());
          tables
              .rules()
              .saveAll(rules.stream().map(rule -> RuleRow.of(tenant, app, rule)).toList());
          return true;
        });
  }

  @Override
  public boolean deleteApp(TenantId tenant, AppId app) {
    return tables.apps().deleteByTenantIdAndId(tenant.value(), app.value()) > 0;
  }

  @Override
  public void bootstrap(AppId app, ApiKey key) {
    checkName("label", key.label());
    changing(
        () -> {
          // Nodes that start together take turns: the second finds what the first has made.
          tables.apps().waitForLock(BOOTSTRAP_LOCK);
          UUID tenant = bootstrapApp(app);
          bootstrapKey(tenant, app, key);
          return tenant;
        });
  }

  /**
   * Answers the application's tenant. What is as it should be is not written, so no node is told.
   */
  private UUID bootstrapApp(AppId app) {
    Optional<AppRow> existing = tables.apps().findById(app.value());
    if (existing.isEmpty()) {
      String name = "App " + app;
      TenantRow tenant = tenants.save(new TenantRow(UUID.randomUUID(), name, now()));
      tables.apps().save(AppRow.of(app.value(), tenant.id(), name, AppSettings.DEVELOPMENT, now()));
      return tenant.id();
    }
    if (!existing.get().settings(LimitPlan.DEFAULT).equals(AppSettings.DEVELOPMENT)) {
      tables.apps().changeSettings(existing.get().with(AppSettings.DEVELOPMENT));
    }
    return existing.get().tenantId();
  }

  private void bootstrapKey(UUID tenant, AppId app, ApiKey key) {
    Optional<KeyRow> existing = tables.keys().findById(key.id().value());
    if (existing.isEmpty()) {
      tables.keys().save(sealed(tenant, app, key));
      return;
    }
    KeyRow row = existing.get();
    if (!row.appId().equals(app.value())) {
      throw new IllegalArgumentException(
          "key: "
              + key.id()
              + " belongs to another app (expected: a new key, or one of "
              + app
              + ")");
    }
    boolean same =
        row.label().equals(key.label())
            && tables
                .seal()
                .open(app, key.id(), row.sealedSecret())
                .filter(key.secret()::equals)
                .isPresent();
    if (!same) {
      tables.keys().change(sealed(tenant, app, key));
    }
  }

  private KeyRow sealed(UUID tenant, AppId app, ApiKey key) {
    byte[] secret = tables.seal().seal(app, key.id(), key.secret());
    return new KeyRow(
        key.id().value(),
        tenant,
        app.value(),
        secret,
        key.label(),
        now(),
        WrittenCapabilities.write(key.limit()));
  }

  private Optional<AppRow> locked(TenantId tenant, AppId app) {
    return tables.apps().findByTenantIdAndIdForUpdate(tenant.value(), app.value());
  }

  private <T> T changing(Supplier<T> change) {
    return tables.transactions().executeWrite(status -> change.get());
  }

  /** What the database can keep of the time. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private String randomHex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private static void checkName(String what, String name) {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          what + ": " + name.length() + " characters (expected: 1 to " + MAX_NAME_LENGTH + ")");
    }
  }
}
