package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Origins;
import io.micronaut.json.tree.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the origins whose pages may connect to an application. Stateless. */
final class OriginFields {
  static final String MEMBER = "allowedOrigins";

  private OriginFields() {}

  /** As the form has them, or else as they were. */
  static Checked<Origins> changed(Form form, Origins old) {
    JsonNode list = Members.get(form.json(), MEMBER);
    if (list == null) {
      return Checked.valid(old);
    }
    if (!list.isArray() || list.size() > Origins.COUNT_MAX) {
      return Checked.refused(
          Members.wrong(MEMBER, list, "a list of up to " + Origins.COUNT_MAX + " origins")
              .at("/" + MEMBER));
    }
    Set<String> origins = new LinkedHashSet<>();
    for (JsonNode item : list.values()) {
      String origin = item.isString() ? Origins.parse(item.getStringValue()) : null;
      if (origin == null) {
        return Checked.refused(wrong(item));
      }
      origins.add(origin);
    }
    return Checked.valid(new Origins(origins.stream().toList()));
  }

  private static Problem wrong(JsonNode item) {
    return Problem.of(
            ErrorCode.BAD_REQUEST,
            MEMBER + ": " + Json.described(item) + " (expected: " + Origins.EXPECTED + ")")
        .at("/" + MEMBER);
  }
}
