package io.carillon.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API keys. What does not take a tenant serves the directory of all tenants. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface KeyRepository extends GenericRepository<KeyRow, String> {
  KeyRow save(KeyRow row);

  List<KeyRow> findByTenantId(UUID tenantId);

  @Query(
      """
      update api_keys set sealed_secret = :sealedSecret, label = :label
      where tenant_id = :tenantId and app_id = :appId and id = :id
      """)
  void change(KeyRow row);

  @Query(
      """
      update api_keys set label = :label, capabilities = :capabilities
      where tenant_id = :tenantId and app_id = :appId and id = :id
      """)
  long changeTraits(
      UUID tenantId, String appId, String id, String label, @Nullable String capabilities);

  long deleteByTenantIdAndAppIdAndId(UUID tenantId, String appId, String id);

  List<KeyRow> findAll();

  List<KeyRow> findByAppIdIn(Collection<String> appIds);

  Optional<KeyRow> findById(String id);

  /** Removes what had a successor for long enough. */
  @Query("delete from api_keys where closes_at <= clock_timestamp()")
  void closeDue();

  /** Removes what has a successor and was not used for as long as was asked. */
  @Query(
      """
      delete from api_keys k using key_closings c
      where c.key_id = k.id and clock_timestamp() >= make_interval(secs => c.unused_seconds)
        + greatest(c.since, (select max(used_at) from key_programs p where p.key_id = k.id))
      """)
  void closeUnused();
}
