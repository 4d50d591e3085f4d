package io.carillon.core.testing;

import io.carillon.core.engine.Directory;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Applications that a test sets; for one thread. */
public final class FakeDirectory implements Directory {
  private final Map<AppId, App> apps = new LinkedHashMap<>();
  private final List<Consumer<AppId>> listeners = new ArrayList<>();

  public void put(App app) {
    apps.put(app.id(), app);
    listeners.forEach(listener -> listener.accept(app.id()));
  }

  public void remove(AppId id) {
    apps.remove(id);
    listeners.forEach(listener -> listener.accept(id));
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
}
