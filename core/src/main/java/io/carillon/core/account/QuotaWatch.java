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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Beyond it the table is asked again. */
  private static final int KNOWN_MAX = 100_000;

  private final Parts parts;
  private final Set<Told> known = new HashSet<>();

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
  public record Telling(Team team, Letters letters, TeamWebhooks webhooks) {}

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
    boolean isHighest = true;
    boolean mailed = false;
    for (int threshold : THRESHOLDS) {
      Alert alert = at(reached, threshold);
      if (reached.used() * WHOLE / reached.allowed() < threshold) {
        continue;
      }
      if (!known.contains(Told.of(alert))) {
        if (isHighest) {
          // before it counts as told, so that a process that dies in between loses nothing
          telling.webhooks().quota(alert);
        }
        if (parts.alerts().claim(alert) && !mailed) {
          mailed = true;
          mail(telling, used.name(), alert);
        }
        remember(alert);
      }
      isHighest = false;
    }
  }

  private static void mail(Telling telling, String team, Alert alert) {
    LOG.info("Team {} has used {} % of {}", alert.tenant(), alert.percent(), alert.quota());
    telling.team().members(alert.tenant()).stream()
        .filter(member -> member.role().compareTo(TeamRole.ADMIN) <= 0)
        .forEach(member -> telling.letters().quota(member.email(), team, alert));
  }

  private void remember(Alert alert) {
    if (known.size() >= KNOWN_MAX) {
      known.clear();
    }
    known.add(Told.of(alert));
  }

  /** An alert that somebody has told. */
  private record Told(TenantId tenant, String quota, Instant from, int percent) {
    static Told of(Alert alert) {
      return new Told(alert.tenant(), alert.quota(), alert.from(), alert.percent());
    }
  }

  private static Alert at(Alert alert, int percent) {
    return new Alert(
        alert.tenant(), alert.quota(), alert.from(), percent, alert.used(), alert.allowed());
  }
}
