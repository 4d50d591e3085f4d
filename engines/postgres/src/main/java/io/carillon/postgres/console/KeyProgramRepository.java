package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** By which programs keys are used. Writing takes no tenant, as it serves the nodes. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface KeyProgramRepository extends GenericRepository<KeyProgramRow, String> {
  @Query(
      """
      insert into key_programs (key_id, protocol, library, address_range, used_at)
      select id, cast(:protocol as varchar), cast(:library as varchar),
        cast(:addressRange as varchar), cast(:usedAt as timestamptz)
      from api_keys where id = :keyId
      on conflict (key_id, protocol, library, address_range)
        do update set used_at = excluded.used_at
        where key_programs.used_at < excluded.used_at
      """)
  void seen(KeyProgramRow row);

  /** Leaves the latest ones: who has a public key alone can make up any number of programs. */
  @Query(
      """
      delete from key_programs p
      where p.key_id = :keyId and p.protocol = :protocol and p.used_at <= (
        select k.used_at from key_programs k
        where k.key_id = :keyId and k.protocol = :protocol
        order by k.used_at desc offset :kept limit 1)
      """)
  void leaveLatest(String keyId, String protocol, int kept);

  @Query(
      """
      select p.* from key_programs p join api_keys k on k.id = p.key_id
      where k.tenant_id = :tenantId and k.app_id = :appId and k.id = :keyId
      order by p.used_at desc
      """)
  List<KeyProgramRow> find(UUID tenantId, String appId, String keyId);
}
