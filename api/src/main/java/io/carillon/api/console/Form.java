package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.core.account.TeamRole;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.json.tree.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a page sends; each refusal points to the member that is wrong. Immutable. */
record Form(JsonNode json) {
  boolean has(String name) {
    return Members.get(json, name) != null;
  }

  Checked<String> text(String name) {
    JsonNode value = Members.get(json, name);
    return value != null && value.isString()
        ? Checked.valid(value.getStringValue())
        : Checked.refused(wrong(name, value, "a string"));
  }

  /** As {@link #text}, without telling what it was. */
  Checked<String> secret(String name) {
    JsonNode value = Members.get(json, name);
    return value != null && value.isString()
        ? Checked.valid(value.getStringValue())
        : Checked.refused(wrong(name, null, "a string"));
  }

  Checked<Boolean> flag(String name, boolean fallback) {
    JsonNode value = Members.get(json, name);
    if (value == null) {
      return Checked.valid(fallback);
    }
    return value.isBoolean()
        ? Checked.valid(value.getBooleanValue())
        : Checked.refused(wrong(name, value, "true or false"));
  }

  Checked<Integer> number(String name, int fallback, int most) {
    return switch (Members.number(json, name, fallback, most)) {
      case Checked.Valid<Long>(var value) -> Checked.valid(value.intValue());
      case Checked.Refused<Long>(var problem) -> Checked.refused(problem.at("/" + name));
    };
  }

  Checked<TeamRole> role() {
    JsonNode value = Members.get(json, "role");
    TeamRole role =
        value != null && value.isString() ? TeamRole.ofWord(value.getStringValue()) : null;
    return role != null
        ? Checked.valid(role)
        : Checked.refused(wrong("role", value, "owner, admin, developer or viewer"));
  }

  private static Problem wrong(String name, @Nullable JsonNode value, String expected) {
    String was = value == null ? "missing" : Json.described(value);
    return Problem.of(ErrorCode.BAD_REQUEST, name + ": " + was + " (expected: " + expected + ")")
        .at("/" + name);
  }
}
