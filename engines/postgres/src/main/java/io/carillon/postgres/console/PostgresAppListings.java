package io.carillon.postgres.console;

import io.carillon.core.account.AppListings;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people are shown, from the tables of the directory. Immutable, thread-safe. */
record PostgresAppListings(
    AppListingRepository apps, KeyListingRepository keys, UsedKeys used, UnitOfWork work)
    implements AppListings {

  @Override
  public List<AppListing> apps(TenantId tenant) {
    return apps.findByTenantId(tenant.value()).stream()
        .map(AppListingRow::listing)
        .sorted(Comparator.comparing(AppListing::since).thenComparing(AppListing::id))
        .toList();
  }

  @Override
  public boolean rename(TenantId tenant, AppId app, String name) {
    return work.atomically(
        () -> {
          boolean exists = apps.findByTenantIdAndId(tenant.value(), app.value()).isPresent();
          apps.rename(tenant.value(), app.value(), name);
          return exists;
        });
  }

  @Override
  public List<KeyListing> keys(TenantId tenant, AppId app) {
    return keys.findByTenantIdAndAppId(tenant.value(), app.value()).stream()
        .map(KeyListingRow::listing)
        .sorted(Comparator.comparing(KeyListing::since).thenComparing(key -> key.id().value()))
        .toList();
  }

  @Override
  public void succeed(TenantId tenant, AppId app, Succession succession) {
    UUID tenantId = tenant.value();
    String old = succession.key().value();
    String successor = succession.successor().value();
    work.atomically(
        () -> {
          keys.closeAt(tenantId, app.value(), old, succession.closesAt());
          keys.succeed(tenantId, app.value(), successor, old);
          Duration unused = succession.unused();
          if (unused != null) {
            used.closings().closeUnused(tenantId, app.value(), old, (int) unused.toSeconds());
          }
          return successor;
        });
  }

  @Override
  public void used(List<KeySighting> seen) {
    work.atomically(
        () -> {
          // in one order everywhere, so that nodes that write at once do not wait for each other
          seen.stream()
              .sorted(
                  Comparator.comparing((KeySighting use) -> use.key().value())
                      .thenComparing(KeySighting::protocol)
                      .thenComparing(KeySighting::library)
                      .thenComparing(KeySighting::from))
              .forEach(used::write);
          return seen;
        });
  }

  @Override
  public List<KeySighting> programs(TenantId tenant, AppId app, KeyId key) {
    return used.programs().find(tenant.value(), app.value(), key.value()).stream()
        .map(KeyProgramRow::sighting)
        .toList();
  }

  @Override
  public Optional<Duration> closesUnused(TenantId tenant, AppId app, KeyId key) {
    return used.closings()
        .find(tenant.value(), app.value(), key.value())
        .map(row -> Duration.ofSeconds(row.unusedSeconds()));
  }
}
