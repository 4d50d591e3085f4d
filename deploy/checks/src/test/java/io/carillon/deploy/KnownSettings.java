package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import java.util.Map;

/** Holds settings of a file against the loader that the server reads them by. Stateless. */
final class KnownSettings {
  /** A key as `openssl rand -hex 32` would make it. */
  static final String KEY = "5e".repeat(32);

  private KnownSettings() {}

  /** What the server makes of variables; fails where it refuses them. */
  static CarillonConfig of(Map<String, String> environment) {
    ConfigLoader.Result result = ConfigLoader.load(environment, Map.of());
    assertThat(result).as("%s", environment.keySet()).isInstanceOf(ConfigLoader.Loaded.class);
    return ((ConfigLoader.Loaded) result).config();
  }
}
