package io.carillon.api;

import io.carillon.core.engine.Directory;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The directory in memory. Thread-safe. */
public final class FakeDirectory implements Directory {
  private final Map<AppId, App> apps = new ConcurrentHashMap<>();

  /** An application with one key, of a tenant of its own. */
  public App add(String id, String key, String secret, AppSettings settings) {
    AppId appId = new AppId(id);
    App app =
        new App(
            appId,
            new TenantId(UUID.nameUUIDFromBytes(new byte[] {(byte) apps.size()})),
            settings,
            List.of(new ApiKey(new KeyId(key), Secret.of(secret), "test")),
            List.of());
    apps.put(appId, app);
    return app;
  }

  @Override
  public @Nullable App app(AppId id) {
    return apps.get(id);
  }

  @Override
  public @Nullable App appOfKey(KeyId id) {
    return apps.values().stream().filter(app -> app.key(id) != null).findFirst().orElse(null);
  }

  @Override
  public void onChange(Consumer<AppId> listener) {}
}
