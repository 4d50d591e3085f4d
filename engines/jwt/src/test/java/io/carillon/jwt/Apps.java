package io.carillon.jwt;

import io.carillon.core.engine.Directory;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A directory that a test fills; counts how often it was asked. For one thread. */
final class Apps implements Directory {
  static final ApiKey KEY = key("key-1", "6d1f0c9ba3a14e7bb9f4c0d2e5a8971c3b6f2d40");
  static final ApiKey SHORT_KEY = key("key-2", "short");
  static final ApiKey OTHER_KEY = key("key-3", "0f9e8d7c6b5a49382716051423324150aabbccdd");

  private final Map<AppId, App> apps = new LinkedHashMap<>();
  private int lookups;

  /** Two applications: the first has two keys. */
  static Apps two() {
    Apps apps = new Apps();
    apps.put("1", true, KEY, SHORT_KEY);
    apps.put("2", true, OTHER_KEY);
    return apps;
  }

  static ApiKey key(String id, String secret) {
    return new ApiKey(new KeyId(id), Secret.of(secret), "test");
  }

  void put(String id, boolean enabled, ApiKey... keys) {
    AppSettings settings =
        new AppSettings(enabled, AppSettings.Features.DEFAULT, AppSettings.Limits.DEFAULT);
    AppId appId = new AppId(id);
    apps.put(
        appId, new App(appId, new TenantId(new UUID(0, 1)), settings, List.of(keys), List.of()));
  }

  int lookups() {
    return lookups;
  }

  @Override
  public @Nullable App app(AppId id) {
    lookups++;
    return apps.get(id);
  }

  @Override
  public @Nullable App appOfKey(KeyId id) {
    lookups++;
    return apps.values().stream().filter(app -> app.key(id) != null).findFirst().orElse(null);
  }

  @Override
  public void onChange(Consumer<AppId> listener) {}
}
