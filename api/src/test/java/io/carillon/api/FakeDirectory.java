package io.carillon.api;

import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Revocation;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.engine.RuleAdmin.PutOutcome;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The directory in memory, whose changes act at once. Thread-safe. */
public final class FakeDirectory implements Directory {
  private final Map<AppId, App> apps = new ConcurrentHashMap<>();
  private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Revocation>> revocationListeners = new CopyOnWriteArrayList<>();

  /** What was revoked, in its order. */
  public final List<Revocation> revocations = new CopyOnWriteArrayList<>();

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
  public void onChange(Consumer<AppId> listener) {
    listeners.add(listener);
  }

  @Override
  public void onRevocation(Consumer<Revocation> listener) {
    revocationListeners.add(listener);
    revocations.forEach(listener);
  }

  /** Limits all keys of the application. */
  public void limit(String id, Capabilities limit) {
    App app = Objects.requireNonNull(apps.get(new AppId(id)));
    List<ApiKey> keys =
        app.keys().stream()
            .map(key -> new ApiKey(key.id(), key.secret(), key.label(), limit))
            .toList();
    apps.put(app.id(), new App(app.id(), app.tenant(), app.settings(), keys, app.rules()));
    listeners.forEach(listener -> listener.accept(app.id()));
  }

  /** Changes rules here. */
  public RuleAdmin ruleAdmin() {
    return new RuleAdmin() {
      @Override
      public PutOutcome put(TenantId tenant, AppId app, ChannelRule rule) {
        return putRule(tenant, app, rule);
      }

      @Override
      public boolean remove(TenantId tenant, AppId app, ChannelPattern pattern) {
        return removeRule(tenant, app, pattern);
      }
    };
  }

  /** Keeps revocations here. */
  public RevocationAdmin revocationAdmin() {
    return this::keep;
  }

  private boolean keep(TenantId tenant, Revocation revocation) {
    boolean kept = ofTenant(tenant, revocation.order().app()) != null;
    if (kept) {
      revocations.add(revocation);
      revocationListeners.forEach(listener -> listener.accept(revocation));
    }
    return kept;
  }

  private PutOutcome putRule(TenantId tenant, AppId id, ChannelRule rule) {
    App app = ofTenant(tenant, id);
    if (app == null) {
      return PutOutcome.NO_APP;
    }
    List<ChannelRule> rules = new ArrayList<>(app.rules());
    boolean replaced = rules.removeIf(it -> it.pattern().equals(rule.pattern()));
    if (rules.size() >= App.RULES_MAX) {
      return PutOutcome.TOO_MANY;
    }
    rules.add(rule);
    change(app, rules);
    return replaced ? PutOutcome.REPLACED : PutOutcome.CREATED;
  }

  private boolean removeRule(TenantId tenant, AppId id, ChannelPattern pattern) {
    App app = ofTenant(tenant, id);
    List<ChannelRule> rules = new ArrayList<>(app == null ? List.of() : app.rules());
    boolean removed = rules.removeIf(it -> it.pattern().equals(pattern));
    if (app != null && removed) {
      change(app, rules);
    }
    return removed;
  }

  private @Nullable App ofTenant(TenantId tenant, AppId id) {
    App app = apps.get(id);
    return app != null && app.tenant().equals(tenant) ? app : null;
  }

  private void change(App app, List<ChannelRule> rules) {
    apps.put(app.id(), new App(app.id(), app.tenant(), app.settings(), app.keys(), rules));
    listeners.forEach(listener -> listener.accept(app.id()));
  }
}
