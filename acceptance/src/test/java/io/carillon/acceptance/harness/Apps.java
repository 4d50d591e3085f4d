package io.carillon.acceptance.harness;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.UsageStore.Query;
import io.carillon.core.engine.UsageStore.Split;
import io.carillon.core.engine.UsageStore.Step;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Makes applications for one test, each of a tenant of its own. Confined to the test. */
public final class Apps implements AutoCloseable {
  private static final int UNKNOWN_KEY_STATUS = 401;
  private static final int MINUTES_MAX = 200;

  private final Carillon carillon;
  private final Map<TestApp, TenantId> tenants = new LinkedHashMap<>();

  Apps(Carillon carillon) {
    this.carillon = carillon;
  }

  /** With client events and subscription counts, and the limits of development. */
  public TestApp make() {
    return make(AppSettings.DEVELOPMENT);
  }

  public TestApp make(Features features) {
    return make(new AppSettings(true, features, Limits.DEVELOPMENT));
  }

  public TestApp make(Limits limits) {
    return make(new AppSettings(true, AppSettings.DEVELOPMENT.features(), limits));
  }

  public TestApp makeDisabled() {
    return make(new AppSettings(false, Features.DEFAULT, Limits.DEFAULT));
  }

  private TestApp make(AppSettings settings) {
    return make(settings, carillon.server());
  }

  /** On a server of the test's own, which shares the database with the other one. */
  public TestApp make(CarillonServer server) {
    return make(AppSettings.DEVELOPMENT, server);
  }

  private TestApp make(AppSettings settings, CarillonServer server) {
    DirectoryAdmin directory = carillon.directory();
    TenantId tenant = directory.createTenant("acceptance");
    AppId id = directory.createApp(tenant, "acceptance");
    directory.changeSettings(tenant, id, settings);
    return withNewKey(tenant, id, server.url());
  }

  private TestApp withNewKey(TenantId tenant, AppId id, URI server) {
    ApiKey key = carillon.directory().createKey(tenant, id, "acceptance").orElseThrow();
    String secret = new String(key.secret().reveal(), StandardCharsets.UTF_8);
    TestApp app = new TestApp(server, id.value(), key.id().value(), secret);
    tenants.put(app, tenant);
    // 401 until the server has heard of the key; the settings came before it
    Deadline.await(
        "app on the server", () -> app.rest().get("/channels").status() != UNKNOWN_KEY_STATUS);
    return app;
  }

  /** Changes an application; servers hear of it within a second. */
  public void change(TestApp app, AppSettings settings) {
    carillon.directory().changeSettings(tenantOf(app), new AppId(app.id()), settings);
  }

  /** Revokes the application's only key. */
  public void revokeKey(TestApp app) {
    carillon.directory().revokeKey(tenantOf(app), new AppId(app.id()), new KeyId(app.key()));
  }

  /** A further key of the same application. */
  public TestApp withAnotherKey(TestApp app) {
    return withNewKey(tenantOf(app), new AppId(app.id()), app.server());
  }

  /** How many messages of the application are metered by now. */
  public long metered(TestApp app) {
    Instant now = Instant.now();
    Query query =
        new Query(
            tenantOf(app),
            new AppId(app.id()),
            now.minus(Duration.ofHours(1)),
            now.plus(Duration.ofHours(1)),
            Step.MINUTE,
            Split.NOTHING);
    return carillon.usage().read(query, MINUTES_MAX).stream()
        .mapToLong(line -> line.usage().messages())
        .sum();
  }

  private TenantId tenantOf(TestApp app) {
    return Objects.requireNonNull(tenants.get(app), "an app of this test");
  }

  @Override
  public void close() {
    tenants.keySet().forEach(TestApp::close);
  }
}
