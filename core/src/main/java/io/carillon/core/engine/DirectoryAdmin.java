package io.carillon.core.engine;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the directory. Apart from the hot path, which cannot write. Every call names the tenant,
 * and an application of another tenant is answered as if it did not exist. Calls block; run them on
 * a virtual thread. Thread-safe.
 */
public interface DirectoryAdmin {
  /** A new tenant; the name is for people, 1 to 100 characters, and need not be unique. */
  TenantId createTenant(String name);

  /** Whether the tenant existed and is removed now, with its applications and members. */
  boolean deleteTenant(TenantId tenant);

  /** A new application without keys and with the default settings; its id is a random number. */
  AppId createApp(TenantId tenant, String name);

  /** The tenant's applications, oldest first. */
  List<App> apps(TenantId tenant);

  /** Whether the application existed and has the settings now. */
  boolean changeSettings(TenantId tenant, AppId app, AppSettings settings);

  /**
   * A new key with a random id and secret. This is the only time the secret is answered.
   *
   * @return empty when the tenant has no such application
   */
  Optional<ApiKey> createKey(TenantId tenant, AppId app, KeyTraits traits);

  /** A new key that may do everything. */
  default Optional<ApiKey> createKey(TenantId tenant, AppId app, String label) {
    return createKey(tenant, app, new KeyTraits(label, null));
  }

  /** Whether the key was active and has the traits now. */
  boolean changeKey(TenantId tenant, AppId app, KeyId key, KeyTraits traits);

  /**
   * What a tenant says of a key.
   *
   * @param label for people, 1 to 100 characters
   * @param limit what may be done with it at most; null for everything
   */
  record KeyTraits(String label, @Nullable Capabilities limit) {}

  /** Whether the key was active and is revoked now. */
  boolean revokeKey(TenantId tenant, AppId app, KeyId key);

  /**
   * Whether the application existed and has exactly these rules now.
   *
   * @param rules with one for each pattern
   */
  boolean replaceRules(TenantId tenant, AppId app, List<ChannelRule> rules);

  /** Whether the application existed and is removed now, with its keys and rules. */
  boolean deleteApp(TenantId tenant, AppId app);

  /**
   * Makes sure that the application exists with this key and {@link AppSettings#DEVELOPMENT}; it
   * belongs to a tenant of its own. An existing one gets the key and the settings.
   *
   * @throws IllegalArgumentException when the key belongs to another application
   */
  void bootstrap(AppId app, ApiKey key);
}
