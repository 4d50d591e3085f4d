package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.Members.Bounds;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import java.util.EnumMap;
import java.util.Map;

/** Reads the limits that a tenant sets for an application. Stateless. */
final class LimitFields {
  private LimitFields() {}

  /** The limits with what the form has of them. */
  static Checked<Limits> changed(Form form, Limits old) {
    return withOwn(form, old, old.own());
  }

  /** The limits as the form has them; of what it does not have the plan's count. */
  static Checked<Limits> replaced(Form form, Limits old) {
    return withOwn(form, old, Map.of());
  }

  private static Checked<Limits> withOwn(Form form, Limits old, Map<Limit, Long> kept) {
    LimitPlan plan = old.plan();
    Map<Limit, Long> own = new EnumMap<>(Limit.class);
    own.putAll(kept);
    for (Limit limit : Limit.values()) {
      if (!limit.isOfApps() || !form.has(limit.word())) {
        continue;
      }
      switch (value(form, limit, plan)) {
        case Checked.Refused<Long>(var problem) -> {
          return Checked.refused(problem.at("/" + limit.word()));
        }
        case Checked.Valid<Long>(var value) -> {
          // what the plan says anyway shall follow the plan
          if (value == plan.of(limit)) {
            own.remove(limit);
          } else {
            own.put(limit, value);
          }
        }
      }
    }
    return Checked.valid(old.withOwn(own));
  }

  private static Checked<Long> value(Form form, Limit limit, LimitPlan plan) {
    Bounds bounds = new Bounds(limit.mayBeUnlimited() ? 0 : 1, limit.highest());
    return Members.number(form.json(), limit.word(), 0, bounds)
        .then(
            value ->
                plan.allows(limit, value)
                    ? Checked.valid(value)
                    : Checked.refused(
                        Problem.of(
                            ErrorCode.BEYOND_PLAN,
                            limit.word()
                                + ": "
                                + value
                                + " (expected: 1 to "
                                + plan.most(limit)
                                + ", by the plan \""
                                + plan.name()
                                + "\")")));
  }
}
