package io.carillon.postgres;

import io.carillon.core.engine.LimitPlans;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.TenantId;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The plans in their tables, whose triggers tell the nodes. Immutable, thread-safe. */
record PostgresLimitPlans(
    TransactionOperations<Connection> transactions, DirectoryTables.Plans tables)
    implements LimitPlans {

  @Override
  public List<LimitPlan> all() {
    return transactions.executeRead(
        status ->
            tables.plans().findAll().stream()
                .map(PlanRow::plan)
                .sorted(Comparator.comparing(LimitPlan::name))
                .toList());
  }

  @Override
  public void put(LimitPlan plan) {
    transactions.executeWrite(
        status -> {
          tables.plans().put(PlanRow.of(plan));
          return plan;
        });
  }

  @Override
  public Removal remove(String name) {
    return transactions.executeWrite(
        status -> {
          if (tables.plans().findById(name).isEmpty()) {
            return Removal.UNKNOWN;
          }
          return tables.plans().removeUnused(name) > 0 ? Removal.REMOVED : Removal.IN_USE;
        });
  }

  @Override
  public Optional<String> ofTenant(TenantId tenant) {
    return transactions.executeRead(
        status -> tables.tenants().findById(tenant.value()).map(TenantPlanRow::plan));
  }

  @Override
  public Giving give(TenantId tenant, String plan) {
    return transactions.executeWrite(
        status -> {
          if (tables.plans().findById(plan).isEmpty()) {
            return Giving.NO_PLAN;
          }
          return tables.tenants().give(tenant.value(), plan) > 0 ? Giving.GIVEN : Giving.NO_TENANT;
        });
  }
}
