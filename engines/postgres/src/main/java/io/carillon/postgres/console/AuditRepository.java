package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** What members changed; a trigger refuses everything but inserting. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AuditRepository extends GenericRepository<AuditRow, Long> {
  AuditRow save(AuditRow row);

  @Query(
      """
      select * from audit_log where tenant_id = :tenantId and id < :before
      order by id desc limit :most
      """)
  List<AuditRow> page(UUID tenantId, long before, int most);
}
