package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.engine.UsageStore.Line;
import io.carillon.core.limit.MessageRate.Ceilings;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.Usage;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about limits. Stateless. */
final class LimitBodies {
  private LimitBodies() {}

  /** What limits an application. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "AppLimits")
  record LimitsBody(
      @Schema(description = "The team's plan") String plan,
      @Schema(description = "Of the application, its keys and its connections")
          List<LimitBody> limits,
      @Schema(description = "Of the whole team, in a day or a month of UTC")
          List<QuotaBody> quotas) {}

  /** One limit. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AppLimit")
  record LimitBody(
      String name,
      @Schema(pattern = "tenant|app|key|connection") String level,
      @Schema(description = "In words") String unit,
      @Schema(description = "One sentence") String meaning,
      @Schema(description = "What counts; 0 for no limit") long value,
      @Schema(
              pattern = "default|plan|app|platform",
              description = "Who says so; default is the catalogue")
          String source,
      @Schema(description = "What would count without a value of the application's own")
          long planValue,
      @Schema(description = "The most that may be set; 0 also for no limit, see unlimited")
          long most,
      @Schema(description = "Whether 0, no limit, may be set") boolean unlimited,
      @Schema(description = "Whether the team may set it for the application") boolean editable,
      @Schema(description = "About how much is used now, where that is known")
          @Nullable Double used) {
    static LimitBody of(Limit limit, Limits limits, Ceilings ceilings, @Nullable Double used) {
      LimitPlan plan = limits.plan();
      long ceiling = limit == Limit.MESSAGES_PER_SECOND ? ceilings.app() : Limit.UNLIMITED;
      long value = Limit.lower(limits.of(limit), ceiling);
      long most = plan.most(limit);
      return new LimitBody(
          limit.word(),
          limit.scope().word(),
          limit.unit().words(),
          limit.meaning(),
          value,
          value == limits.of(limit) ? source(limit, limits) : "platform",
          plan.of(limit),
          most == Limit.UNLIMITED ? limit.highest() : most,
          most == Limit.UNLIMITED,
          limit.isOfApps(),
          used);
    }

    private static String source(Limit limit, Limits limits) {
      Long own = limits.own().get(limit);
      if (own != null && own == limits.of(limit)) {
        return "app";
      }
      return limits.plan().limits().containsKey(limit) ? "plan" : "default";
    }
  }

  /** How much of a day's or a month's quota is used. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Quota")
  record QuotaBody(
      String name,
      String unit,
      String meaning,
      @Schema(description = "0 for no limit") long allowed,
      @Schema(description = "As metered, half a minute behind") long used,
      @Schema(description = "When the day or month began") String from,
      @Schema(description = "When the next one begins") String to,
      @Schema(pattern = "alert|refuse", description = "What becomes of what is beyond it")
          String overrun) {}

  /** The limits that a tenant sets, for a reader of one's own. */
  static List<Limit> ofApps() {
    return Arrays.stream(Limit.values()).filter(limit -> !limit.isQuota()).toList();
  }

  /** What was used since the beginning of the lines. */
  static Usage sum(List<Line> lines, Instant from) {
    Usage sum = Usage.NONE;
    for (Line line : lines) {
      if (!line.at().isBefore(from)) {
        sum = sum.plus(line.usage());
      }
    }
    return sum;
  }
}
