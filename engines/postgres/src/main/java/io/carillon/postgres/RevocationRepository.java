package io.carillon.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The revocations of client tokens. What does not take a tenant serves the nodes. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RevocationRepository extends GenericRepository<RevocationRow, Long> {

  @Query(
      """
      insert into token_revocations
        (tenant_id, app_id, kind, fits, issued_before, revoked_at, kept_at)
      values (:tenantId, :appId, :kind, :fits, :issuedBefore, :revokedAt, clock_timestamp())
      on conflict (app_id, kind, fits) do update set
        issued_before = greatest(token_revocations.issued_before, excluded.issued_before),
        revoked_at = greatest(token_revocations.revoked_at, excluded.revoked_at),
        kept_at = excluded.kept_at
      """)
  void keep(RevocationRow row);

  @Query("select * from token_revocations order by revoked_at, id")
  List<RevocationRow> findAllOldestFirst();

  /** Those of the last seconds. */
  @Query(
      """
      select * from token_revocations
      where kept_at > clock_timestamp() - make_interval(secs => :seconds)
      order by revoked_at, id
      """)
  List<RevocationRow> findNewest(double seconds);

  @Query("delete from token_revocations where revoked_at < :before")
  void forget(Instant before);
}
