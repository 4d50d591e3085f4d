package io.carillon.core.account;

import io.carillon.core.account.QuotaAlerts.Alert;
import io.carillon.core.account.QuotaAlerts.Used;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.meter.Quota;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.LimitPlan.Overrun;
import io.carillon.core.model.TenantId;
import io.carillon.core.runtime.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what teams have used with what their plans allow in a day and a month: tells their
 * owners and admins when {@link #THRESHOLDS} are reached, each once, and has messages refused that
 * are beyond a quota whose plan says so. Goes by what is metered, so it is about half a minute
 * behind. Confined to its lane, on which it blocks.
 */
public final class QuotaWatch {
  /** In percent, the highest first. */
  static final List<Integer> THRESHOLDS = List.of(100, 80);

  private static final Logger LOG = LoggerFactory.getLogger(QuotaWatch.class);
  private static final int WHOLE = 100;

  private final Parts parts;

  /**
   * What it works with.
   *
   * @param telling how people are told, or null on a process that tells nobody
   * @param interval from one comparison to the next
   */
  public record Parts(
      LimitPlans plans,
      QuotaAlerts alerts,
      @Nullable Telling telling,
      MessageRate rate,
      InstantSource clock,
      Duration interval) {}

  /** How people are told. */
  public record Telling(Team team, Letters letters) {}

  public QuotaWatch(Parts parts) {
    this.parts = parts;
  }

  /** Compares again and again on this lane. */
  public void startOn(Lane lane) {
    lane.schedule(
        () -> {
          compare();
          startOn(lane);
        },
        parts.interval());
  }

  /** Compares now; what fails is compared the next time. */
  public void compare() {
    try {
      Instant now = parts.clock().instant();
      Map<TenantId, Instant> usedUp = new HashMap<>();
      for (LimitPlan plan : parts.plans().all()) {
        if (plan.limits().keySet().stream().anyMatch(limit -> limit.isQuota())) {
          compare(plan, now, usedUp);
        }
      }
      parts.rate().refuse(usedUp);
    } catch (RuntimeException e) {
      LOG.warn("Quotas are compared later: {}", e.toString());
    }
  }

  private void compare(LimitPlan plan, Instant now, Map<TenantId, Instant> usedUp) {
    Instant day = Quota.MESSAGES_PER_DAY.beginOf(now);
    Instant month = Quota.MESSAGES_PER_MONTH.beginOf(now);
    for (Used used : parts.alerts().used(plan.name(), day, month)) {
      for (Quota quota : Quota.values()) {
        long allowed = plan.of(quota.limit());
        long amount = amount(quota, used);
        if (allowed == 0 || amount * WHOLE / allowed < THRESHOLDS.getLast()) {
          continue;
        }
        tell(
            used,
            new Alert(used.tenant(), quota.limit().word(), quota.beginOf(now), 0, amount, allowed));
        if (amount >= allowed && quota.refuses() && plan.overrun() == Overrun.REFUSE) {
          usedUp.merge(
              used.tenant(), quota.endOf(now), (one, other) -> one.isAfter(other) ? one : other);
        }
      }
    }
  }

  private static long amount(Quota quota, Used used) {
    return switch (quota) {
      case MESSAGES_PER_DAY -> used.messagesOfDay();
      case MESSAGES_PER_MONTH -> used.messagesOfMonth();
      case DELIVERIES_PER_MONTH -> used.deliveriesOfMonth();
    };
  }

  /** Of several thresholds that are reached at once, the highest is told. */
  private void tell(Used used, Alert reached) {
    Telling telling = parts.telling();
    if (telling == null) {
      return;
    }
    boolean told = false;
    for (int threshold : THRESHOLDS) {
      Alert alert = at(reached, threshold);
      boolean due = reached.used() * WHOLE / reached.allowed() >= threshold;
      if (due && parts.alerts().claim(alert) && !told) {
        told = true;
        LOG.info("Team {} has used {} % of {}", alert.tenant(), threshold, alert.quota());
        telling.team().members(alert.tenant()).stream()
            .filter(member -> member.role().compareTo(TeamRole.ADMIN) <= 0)
            .forEach(member -> telling.letters().quota(member.email(), used.name(), alert));
      }
    }
  }

  private static Alert at(Alert alert, int percent) {
    return new Alert(
        alert.tenant(), alert.quota(), alert.from(), percent, alert.used(), alert.allowed());
  }
}
