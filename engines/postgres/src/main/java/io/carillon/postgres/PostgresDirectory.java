package io.carillon.postgres;

import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Revocation;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in memory: all applications of all tenants, so that an unknown key costs no query,
 * and nothing is asked of Postgres while it is down. Reading is thread-safe; the feed's one thread
 * exchanges the snapshot.
 */
final class PostgresDirectory implements Directory, ChangeFeed.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDirectory.class);

  /** Immutable. */
  private record Snapshot(Map<AppId, App> apps, Map<KeyId, App> byKey) {
    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of());

    static Snapshot of(Map<AppId, App> apps) {
      Map<KeyId, App> byKey = new HashMap<>();
      for (App app : apps.values()) {
        for (ApiKey key : app.keys()) {
          byKey.put(key.id(), app);
        }
      }
      return new Snapshot(apps, byKey);
    }
  }

  private final DirectoryTables tables;
  private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Revocation>> revocationListeners = new CopyOnWriteArrayList<>();
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  PostgresDirectory(DirectoryTables tables) {
    this.tables = tables;
  }

  @Override
  public @Nullable App app(AppId id) {
    return snapshot.apps.get(id);
  }

  @Override
  public @Nullable App appOfKey(KeyId id) {
    return snapshot.byKey.get(id);
  }

  @Override
  public void onChange(Consumer<AppId> listener) {
    listeners.add(listener);
  }

  /** The feed may tell of the same at the same time, which does no harm. */
  @Override
  public void onRevocation(Consumer<Revocation> listener) {
    revocationListeners.add(listener);
    tables.allRevocations().forEach(listener);
  }

  @Override
  public void readRevocations() {
    tell(tables.newestRevocations());
  }

  private void tell(List<Revocation> revocations) {
    revocations.forEach(
        revocation -> revocationListeners.forEach(listener -> listener.accept(revocation)));
  }

  @Override
  public void readAll() {
    tables.forgetRevocations();
    tables.closeKeys();
    tell(revocationListeners.isEmpty() ? List.of() : tables.allRevocations());
    Map<AppId, App> apps = new HashMap<>();
    for (App app : tables.all()) {
      apps.put(app.id(), app);
    }
    exchange(apps);
  }

  @Override
  public void read(Collection<String> ids) {
    Map<AppId, App> apps = new HashMap<>(snapshot.apps);
    apps.keySet().removeIf(id -> ids.contains(id.value()));
    for (App app : tables.some(ids)) {
      apps.put(app.id(), app);
    }
    exchange(apps);
  }

  private void exchange(Map<AppId, App> apps) {
    Map<AppId, App> before = snapshot.apps;
    Set<AppId> changed = new LinkedHashSet<>(before.keySet());
    changed.addAll(apps.keySet());
    changed.removeIf(id -> Objects.equals(before.get(id), apps.get(id)));
    if (changed.isEmpty()) {
      return;
    }
    snapshot = Snapshot.of(apps);
    for (AppId id : changed) {
      listeners.forEach(listener -> tell(listener, id));
    }
  }

  private static void tell(Consumer<AppId> listener, AppId changed) {
    try {
      listener.accept(changed);
    } catch (RuntimeException e) {
      LOG.error("A listener failed on the change of app {}", changed, e);
    }
  }
}
