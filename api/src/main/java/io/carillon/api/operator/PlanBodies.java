package io.carillon.api.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.api.http.Members.Bounds;
import io.carillon.api.http.Quoted;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.LimitPlan.Overrun;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about plans. Stateless. */
final class PlanBodies {
  private PlanBodies() {}

  /** A plan as it shall be. */
  @Introspected
  @Schema(name = "PlanRequest")
  record PlanRequest(
      @Schema(description = "By their names in docs/limits.md; 0 for no limit")
          @Nullable Map<String, Long> limits,
      @Schema(pattern = "alert|refuse", description = "What becomes of messages beyond a quota")
          @Nullable String overrun) {}

  /** A plan. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "LimitPlan")
  record PlanBody(
      String name,
      @Schema(description = "What it names; the catalogue says the rest") Map<String, Long> limits,
      @Schema(pattern = "alert|refuse") String overrun) {
    static PlanBody of(LimitPlan plan) {
      Map<String, Long> limits = new LinkedHashMap<>();
      plan.limits().forEach((limit, value) -> limits.put(limit.word(), value));
      return new PlanBody(plan.name(), limits, plan.overrun().word());
    }
  }

  /** All plans. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "LimitPlans")
  record PlanList(List<PlanBody> plans) {}

  /** Which plan a team has. */
  @Serdeable
  @Schema(name = "TeamPlan")
  record TeamPlan(String plan) {}

  /** It is done. */
  @Serdeable
  @Schema(name = "PlanDone")
  record Done(boolean done) {}

  /** The plan of this name that the body describes. */
  static Checked<LimitPlan> read(String name, byte[] body) {
    if (!LimitPlan.isName(name)) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          "plan: "
              + Quoted.of(name)
              + " (expected: 1 to 63 small letters, digits and dashes, a dash not first)");
    }
    return Json.object(body)
        .then(json -> Members.shaped(json, PlanRequest.class))
        .then(
            json ->
                limits(Members.get(json, "limits"))
                    .then(
                        limits ->
                            overrun(Members.get(json, "overrun"))
                                .then(
                                    overrun ->
                                        Checked.valid(new LimitPlan(name, limits, overrun)))));
  }

  private static Checked<Map<Limit, Long>> limits(@Nullable JsonNode json) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    if (json == null) {
      return Checked.valid(limits);
    }
    if (!json.isObject()) {
      return Checked.refused(Members.wrong("limits", json, "an object").at("/limits"));
    }
    for (Map.Entry<String, JsonNode> member : json.entries()) {
      Limit limit = Limit.ofWord(member.getKey());
      if (limit == null) {
        return Checked.refused(
            ErrorCode.BAD_REQUEST,
            "limits: " + Quoted.of(member.getKey()) + " (expected: a name of docs/limits.md)");
      }
      Bounds bounds = new Bounds(limit.mayBeUnlimited() ? 0 : 1, limit.highest());
      switch (Members.number(json, limit.word(), limit.usual(), bounds)) {
        case Checked.Valid<Long>(var value) -> limits.put(limit, value);
        case Checked.Refused<Long>(var problem) -> {
          return Checked.refused(problem.at("/limits/" + limit.word()));
        }
      }
    }
    return Checked.valid(limits);
  }

  private static Checked<Overrun> overrun(@Nullable JsonNode json) {
    if (json == null) {
      return Checked.valid(Overrun.ALERT);
    }
    Overrun read = json.isString() ? Overrun.ofWord(json.getStringValue()) : null;
    Problem wrong = Members.wrong("overrun", json, "alert or refuse").at("/overrun");
    return read == null ? Checked.refused(wrong) : Checked.valid(read);
  }
}
