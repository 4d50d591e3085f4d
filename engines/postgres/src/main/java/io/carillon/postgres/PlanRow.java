package io.carillon.postgres;

import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.LimitPlan.Overrun;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code limit_plans}. Immutable. */
@MappedEntity("limit_plans")
record PlanRow(@Id String name, String limits, String overrun) {
  static PlanRow of(LimitPlan plan) {
    return new PlanRow(plan.name(), WrittenLimits.write(plan.limits()), plan.overrun().word());
  }

  LimitPlan plan() {
    Overrun read = Overrun.ofWord(overrun);
    return new LimitPlan(name, WrittenLimits.read(limits), read == null ? Overrun.ALERT : read);
  }
}
