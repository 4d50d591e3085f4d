package io.carillon.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The applications. What does not take a tenant serves the directory of all tenants. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AppRepository extends GenericRepository<AppRow, String> {
  AppRow save(AppRow row);

  List<AppRow> findByTenantId(UUID tenantId);

  /** Until the transaction ends, nobody else changes or deletes the application. */
  Optional<AppRow> findByTenantIdAndIdForUpdate(UUID tenantId, String id);

  @Query(
      """
      update apps set enabled = :enabled, client_events = :clientEvents,
        subscription_counts = :subscriptionCounts, require_sign_in = :requireSignIn,
        limits = :limits, allowed_origins = :allowedOrigins
      where tenant_id = :tenantId and id = :id
      """)
  void changeSettings(AppRow row);

  long deleteByTenantIdAndId(UUID tenantId, String id);

  List<AppRow> findAll();

  List<AppRow> findByIdIn(Collection<String> ids);

  Optional<AppRow> findById(String id);

  /** One transaction at a time has this lock; it is given back at the transaction's end. */
  @Query("select 1 from pg_advisory_xact_lock(:lock)")
  int waitForLock(long lock);
}
