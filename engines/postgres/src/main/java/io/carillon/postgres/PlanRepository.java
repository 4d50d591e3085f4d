package io.carillon.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The plans. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PlanRepository extends GenericRepository<PlanRow, String> {
  List<PlanRow> findAll();

  Optional<PlanRow> findById(String name);

  @Query(
      """
      insert into limit_plans (name, limits, overrun) values (:name, :limits, :overrun)
      on conflict (name) do update
        set limits = excluded.limits, overrun = excluded.overrun, changed_at = now()
      """)
  void put(PlanRow row);

  @Query(
      """
      delete from limit_plans p where name = :name
        and not exists (select from tenants where plan = p.name)
      """)
  long removeUnused(String name);
}
