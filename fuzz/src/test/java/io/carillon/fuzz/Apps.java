package io.carillon.fuzz;

import io.carillon.core.engine.Directory;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.runtime.Ticker;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One application with one key, at a time that stands still. Immutable. */
public final class Apps implements Directory {
  public static final ApiKey KEY =
      new ApiKey(new KeyId("key-1"), Secret.of("6d1f0c9ba3a14e7bb9f4c0d2e5a8971c3b6f2d40"), "test");

  /** The time in seconds. */
  public static final long NOW = 1_795_000_000L;

  public static final Apps DIRECTORY = new Apps();

  public static final Ticker TICKER =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public long epochMillis() {
          return NOW * 1_000;
        }
      };

  private static final App APP =
      new App(
          new AppId("1"),
          new TenantId(new UUID(0, 1)),
          AppSettings.DEFAULT,
          List.of(KEY),
          List.of());

  private Apps() {}

  @Override
  public @Nullable App app(AppId id) {
    return id.equals(APP.id()) ? APP : null;
  }

  @Override
  public @Nullable App appOfKey(KeyId id) {
    return id.equals(KEY.id()) ? APP : null;
  }

  @Override
  public void onChange(Consumer<AppId> listener) {}
}
