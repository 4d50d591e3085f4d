package io.carillon.core.account;

import io.carillon.core.model.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * What teams have used of a day and a month, and what they were told of it. Calls block; an engine
 * that cannot be reached throws. Thread-safe.
 */
public interface QuotaAlerts {
  /**
   * What each team of a plan has used, of those that have used anything this month.
   *
   * @param day when it began
   * @param month when it began; not after the day
   */
  List<Used> used(String plan, Instant day, Instant month);

  /** Whether nobody has told this before; it counts as told now, for all processes. */
  boolean claim(Alert alert);

  /** What a team has used. */
  record Used(
      TenantId tenant,
      String name,
      long messagesOfDay,
      long messagesOfMonth,
      long deliveriesOfMonth) {}

  /**
   * That a team has used so much of a quota.
   *
   * @param quota its name in the catalogue of limits
   * @param from when the day or month began
   * @param percent which threshold was reached
   */
  record Alert(TenantId tenant, String quota, Instant from, int percent, long used, long allowed) {}
}
