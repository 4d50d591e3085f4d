package io.carillon.core.account;

import io.carillon.core.model.AppId;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows of applications and keys and nobody else asks for. What belongs to another
 * tenant is answered as if it did not exist. Calls block. Thread-safe.
 */
public interface AppListings {
  /** The tenant's applications, oldest first. */
  List<AppListing> apps(TenantId tenant);

  /** Whether the tenant has such an application; it has the name now. */
  boolean rename(TenantId tenant, AppId app, String name);

  /** The application's keys, oldest first. */
  List<KeyListing> keys(TenantId tenant, AppId app);

  /** The successor is in the place of the key, which is removed then. */
  void succeed(TenantId tenant, AppId app, Succession succession);

  /** Keeps the latest uses, of keys of any tenant; unknown keys are passed over. */
  void used(List<KeySighting> seen);

  /** By which programs the key was used, the latest first; a handful for each way in. */
  List<KeySighting> programs(TenantId tenant, AppId app, KeyId key);

  /** For how long the key has to be unused to be removed, when that is so. */
  Optional<Duration> closesUnused(TenantId tenant, AppId app, KeyId key);

  /** An application as it is listed. */
  record AppListing(AppId id, String name, Instant since) {}

  /**
   * A key as it is listed.
   *
   * @param limit what may be done with it at most; null for everything
   * @param replaces the key whose successor it is
   * @param closesAt when it is removed, because it has a successor
   */
  record KeyListing(
      KeyId id,
      String label,
      @Nullable Capabilities limit,
      Instant since,
      @Nullable KeyId replaces,
      @Nullable Instant closesAt,
      @Nullable KeyUse lastUse) {}

  /**
   * How a key is replaced.
   *
   * @param closesAt when it is removed at the latest
   * @param unused for how long it has to be unused to be removed earlier; null for never
   */
  record Succession(KeyId key, KeyId successor, Instant closesAt, @Nullable Duration unused) {
    public Succession(KeyId key, KeyId successor, Instant closesAt) {
      this(key, successor, closesAt, null);
    }
  }

  /**
   * A program that used a key.
   *
   * @param protocol in a word
   * @param library as it named itself, or empty
   * @param from the block of addresses, or empty
   */
  record KeySighting(KeyId key, String protocol, String library, String from, Instant at) {}

  /**
   * A use of a key.
   *
   * @param library as it named itself, or null when it did not
   */
  record KeyUse(Instant at, @Nullable String library) {}
}
