package io.carillon.core.engine;

import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the plans, and which tenant has which. A change acts on every node within a second, as
 * every change of the directory does. For the operator alone: tenants cannot reach it. Calls block;
 * an engine that cannot be reached throws. Thread-safe.
 */
public interface LimitPlans {
  /** All of them, by name; there always are {@code default} and {@code development}. */
  List<LimitPlan> all();

  /** The plan is as this one says from now on. */
  void put(LimitPlan plan);

  /** Removes a plan that no tenant has. */
  Removal remove(String name);

  /** Which plan the tenant has; empty when there is no such tenant. */
  Optional<String> ofTenant(TenantId tenant);

  /** The tenant has the plan from now on. */
  Giving give(TenantId tenant, String plan);

  /** What became of a removal. */
  enum Removal {
    REMOVED,
    UNKNOWN,
    IN_USE
  }

  /** What became of giving a plan to a tenant. */
  enum Giving {
    GIVEN,
    NO_PLAN,
    NO_TENANT
  }
}
